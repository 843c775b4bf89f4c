package org.mmrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.failure.FailureReplay;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/**
 * Whether failure files are as small and as steady as they claim: the preemptions of each beside the fewest with which
 * a depth-first search of its own shows the same, in the program of the file and in the scenario that it was made from,
 * and how many replays of it are the same run. {@code java -cp benchmarks.jar org.mmrace.benchmarks.SmallestFailures
 * scenarios mmrace-out/explore 1000 200000}.
 */
public final class SmallestFailures {
    private static final int UNKNOWN = -1;

    private final TaskPool pool;
    private final long runsMax;

    private SmallestFailures(TaskPool pool, long runsMax) {
        this.pool = pool;
        this.runsMax = runsMax;
    }

    /** {@code SCENARIOS FAILURES REPLAYS RUNS}: a line for each file; a search gives up after so many runs. */
    public static void main(String[] arguments) throws IOException, MalformedScenarioException {
        Path scenarios = Path.of(arguments[0]);
        int replays = Integer.parseInt(arguments[2]);
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[1]))) {
            files = found.filter(file -> file.toString().endsWith(".fail"))
                    .sorted()
                    .toList();
        }
        System.out.println("failure                  preemptions  fewest  fewest in whole   replays  different");
        try (TaskPool pool = new TaskPool()) {
            SmallestFailures check = new SmallestFailures(pool, Long.parseLong(arguments[3]));
            for (Path file : files) {
                FailureFile read = ScenarioReader.readFailure(file);
                Scenario whole =
                        ScenarioReader.read(scenarios.resolve(read.scenario().name() + ".scn"));
                System.out.print(pool.drive(() -> check.row(file.getFileName().toString(), read, whole, replays)));
            }
        }
    }

    private String row(String name, FailureFile file, Scenario whole, int replays) {
        FailureReplay replay;
        try {
            replay = FailureReplay.of(file, file.replay().version());
        } catch (MalformedScenarioException e) {
            throw new IllegalStateException(name, e);
        }
        int preemptions = replay.trace(pool).preemptions();
        Set<String> runs = new HashSet<>();
        int shown = 0;
        for (int i = 0; i < replays; i++) {
            ControlledRun run = replay.run(pool);
            shown += replay.difference(run).isEmpty() ? 1 : 0;
            runs.add(run.ending().steps() + " " + run.ending().schedule() + " " + run.verdict());
        }
        return String.format(
                Locale.ROOT,
                "%-24s %11d %7s %16s %9s %10d%n",
                name,
                preemptions,
                number(fewest(file.scenario(), replay.symptom())),
                number(fewest(whole, replay.symptom())),
                shown + "/" + replays,
                runs.size());
    }

    private static String number(int fewest) {
        return fewest == UNKNOWN ? "?" : Integer.toString(fewest);
    }

    /** The preemptions of the first schedule that shows it, of all with none, then with one, and so on. */
    private int fewest(Scenario scenario, Symptom symptom) {
        long runs = 0;
        for (int bound = 0; runs < runsMax; bound++) {
            DepthFirst search = DepthFirst.withPreemptions(bound);
            boolean more = true;
            while (more && runs < runsMax) {
                runs++;
                if (symptom.isShownBy(ControlledRun.of(scenario, scenario.config(true), pool, search))) {
                    return search.preemptions();
                }
                more = search.end();
            }
        }
        return UNKNOWN;
    }
}
