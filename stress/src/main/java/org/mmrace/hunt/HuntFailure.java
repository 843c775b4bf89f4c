package org.mmrace.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.explore.minimise.Minimiser;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.failure.FailureFiles;
import org.mmrace.script.Scenario;

/**
 * An execution that was not clean, as a file that repeats it, and as a trace.
 *
 * @param file where it is
 * @param trace what happened, step by step
 * @param minimised how it was made smaller; null if it was left as it was found
 */
public record HuntFailure(Path file, Trace trace, @Nullable Minimised minimised) {
    /**
     * Runs what was found once more, and writes its failure file; then makes it smaller and writes that in its place.
     *
     * @param result has found something
     * @param directory where the file goes
     * @param version of this mmrace
     * @param smaller whether to make it smaller
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when no scenario can ask for that kernel, so that no file can repeat it
     */
    public static HuntFailure write(HuntResult result, Path directory, String version, boolean smaller)
            throws IOException {
        HuntResult.Found found = result.found();
        if (found == null) {
            throw new IllegalArgumentException(result.request().scenario() + ": nothing was found");
        }
        HuntRequest request = result.request();
        try (TaskPool pool = new TaskPool()) {
            Schedule schedule = found.run().ending().schedule();
            Trace trace = pool.drive(() -> trace(request, request.scenario(), schedule, pool));
            Failure failure = failure(request, found.way(), trace);
            Path file = FailureFiles.write(directory, failure, version);
            if (!smaller) {
                return new HuntFailure(file, trace, null);
            }
            Minimised minimised = pool.drive(() -> new Minimiser(pool, Minimiser.EXECUTIONS)
                    .minimise(request.scenario(), request.config(), schedule, failure.symptom()));
            Trace small = pool.drive(() -> trace(request, minimised.scenario(), minimised.schedule(), pool));
            Path smallFile = FailureFiles.write(directory, failure(request, found.way(), small), version);
            if (!smallFile.equals(file)) {
                Files.delete(file);
            }
            return new HuntFailure(smallFile, small, minimised);
        }
    }

    private static Trace trace(HuntRequest request, Scenario scenario, Schedule schedule, TaskPool pool) {
        return Trace.of(scenario, request.config(), pool, new Replay(schedule));
    }

    private static Failure failure(HuntRequest request, String way, Trace trace) {
        ControlledRun run = trace.run();
        Symptom symptom = Symptom.of(run, request.scenario().violates())
                .orElseThrow(() -> new IllegalStateException("the replay of " + way + " shows nothing"));
        return new Failure(
                trace.scenario(),
                request.config(),
                run.ending().schedule(),
                symptom,
                trace.stepOf(symptom.id()),
                why(run, symptom),
                way.replace(' ', '-'),
                request.seed());
    }

    private static String why(ControlledRun run, Symptom symptom) {
        return run.verdict().violations().stream()
                .filter(violation -> violation.invariant().name().equals(symptom.id()))
                .map(violation -> violation.toString().replaceAll("\\s+", " "))
                .findFirst()
                .orElse("");
    }
}
