package org.mmrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/**
 * Executions per second of {@link CpuTime} and steps per execution under a random walk: of the toy, and of real
 * scenarios, a fresh machine, monitors and two audits included: {@code taskset -c 1 java -cp benchmarks.jar
 * org.mmrace.benchmarks.ExplorationSpeed scenarios 'S..' 2}.
 */
public final class ExplorationSpeed {
    private static final int BATCH = 50;
    private static final int WARM_UP = 3;

    private ExplorationSpeed() {}

    /**
     * {@code DIRECTORY NAMES SECONDS}: the toy and all that match, each for so long, after three times as long to warm
     * up.
     */
    public static void main(String[] arguments) throws IOException, MalformedScenarioException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.filter(file -> file.getFileName().toString().matches(arguments[1] + "\\.scn"))
                    .sorted()
                    .toList();
        }
        long nanos = (long) (1e9 * Double.parseDouble(arguments[2]));
        try (TaskPool pool = new TaskPool()) {
            System.out.println("program                   executions/s  steps/execution    steps/s");
            measureTwice(nanos, toy(pool, "toy", false, false));
            measureTwice(nanos, toy(pool, "toy, linearizable", true, false));
            measureTwice(nanos, toy(pool, "toy, traces counted", false, true));
            for (Path file : files) {
                measureTwice(nanos, scenario(pool, ScenarioReader.read(file)));
            }
        }
    }

    /**
     * What is measured.
     *
     * @param name what the table says
     * @param walk makes a batch of executions, and gives their steps
     * @param pool whose threads it runs on
     */
    private record Row(String name, TaskPool pool, ToLongFunction<Strategy> walk) {}

    private static Row toy(TaskPool pool, String name, boolean linearizable, boolean traces) {
        Explorer<Outcome> explorer = new Explorer<>(ToyProgram.subject(linearizable), pool, Outcome::bad);
        Plan plan = traces ? Plan.of(BATCH).countingTraces() : Plan.of(BATCH);
        return new Row(name, pool, strategy -> explorer.run(strategy, plan).steps());
    }

    private static Row scenario(TaskPool pool, Scenario scenario) {
        KernelConfig config = scenario.config(false);
        return new Row(scenario.name(), pool, strategy -> {
            long steps = 0;
            for (int i = 0; i < BATCH; i++) {
                steps += ControlledRun.of(scenario, config, pool, strategy)
                        .ending()
                        .steps();
            }
            return steps;
        });
    }

    private static void measureTwice(long nanos, Row row) {
        measure(WARM_UP * nanos, row);
        System.out.print(measure(nanos, row));
    }

    private static String measure(long nanos, Row row) {
        return row.pool.drive(() -> {
            Strategy strategy = new RandomWalk(1);
            long start = CpuTime.nanos();
            long now = start;
            long executions = 0;
            long steps = 0;
            while (now - start < nanos) {
                steps += row.walk.applyAsLong(strategy);
                executions += BATCH;
                now = CpuTime.nanos();
            }
            double seconds = (now - start) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%-24s  %,12.0f  %15d  %,9.0f%n",
                    row.name,
                    executions / seconds,
                    steps / executions,
                    steps / seconds);
        });
    }
}
