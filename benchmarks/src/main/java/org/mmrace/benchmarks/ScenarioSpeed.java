package org.mmrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/**
 * Executions per second and steps per execution of real scenarios, a fresh machine, monitors and two audits included:
 * {@code taskset -c 1 java -cp benchmarks.jar org.mmrace.benchmarks.ScenarioSpeed scenarios 'S..' 2}.
 */
public final class ScenarioSpeed {
    private ScenarioSpeed() {}

    /** {@code DIRECTORY NAMES SECONDS}: all that match, once to warm up and once that counts. */
    public static void main(String[] arguments) throws IOException, MalformedScenarioException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.filter(
                            file -> file.getFileName().toString().matches(arguments[1] + "\\.scn"))
                    .sorted()
                    .toList();
        }
        long nanos = (long) (1e9 * Double.parseDouble(arguments[2]));
        try (TaskPool pool = new TaskPool()) {
            for (Path file : files) {
                measure(pool, ScenarioReader.read(file), nanos);
            }
            System.out.println("scenario  executions/s  steps/execution    steps/s");
            for (Path file : files) {
                System.out.print(measure(pool, ScenarioReader.read(file), nanos));
            }
        }
    }

    private static String measure(TaskPool pool, Scenario scenario, long nanos) {
        return pool.drive(() -> {
            Strategy strategy = new RandomWalk(1);
            long start = System.nanoTime();
            long executions = 0;
            long steps = 0;
            while (System.nanoTime() - start < nanos) {
                steps += ControlledRun.of(scenario, scenario.config(false), pool, strategy)
                        .ending()
                        .steps();
                executions++;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%-8s  %,12.0f  %15d  %,9.0f%n",
                    scenario,
                    executions / seconds,
                    steps / executions,
                    steps / seconds);
        });
    }
}
