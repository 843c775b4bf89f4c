package org.mmrace.hunt;

import java.io.IOException;
import java.nio.file.Path;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.failure.FailureFiles;

/**
 * An execution that was not clean, as a file that repeats it, and as a trace.
 *
 * @param file where it is
 * @param trace what happened, step by step
 */
public record HuntFailure(Path file, Trace trace) {
    /**
     * Runs what was found once more, and writes its failure file.
     *
     * @param result has found something
     * @param directory where the file goes
     * @param version of this mmrace
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when no scenario can ask for that kernel, so that no file can repeat it
     */
    public static HuntFailure write(HuntResult result, Path directory, String version) throws IOException {
        HuntResult.Found found = result.found();
        if (found == null) {
            throw new IllegalArgumentException(result.request().scenario() + ": nothing was found");
        }
        HuntRequest request = result.request();
        Trace trace;
        try (TaskPool pool = new TaskPool()) {
            trace = pool.drive(() -> Trace.of(
                    request.scenario(),
                    request.config(),
                    pool,
                    new Replay(found.run().ending().schedule())));
        }
        Failure failure = failure(request, found, trace);
        return new HuntFailure(FailureFiles.write(directory, failure, version), trace);
    }

    private static Failure failure(HuntRequest request, HuntResult.Found found, Trace trace) {
        ControlledRun run = trace.run();
        Symptom symptom = Symptom.of(run, request.scenario().violates())
                .orElseThrow(() -> new IllegalStateException("the replay of " + found.way() + " shows nothing"));
        return new Failure(
                request.scenario(),
                request.config(),
                run.ending().schedule(),
                symptom,
                trace.stepOf(symptom.id()),
                why(run, symptom),
                found.way().replace(' ', '-'),
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
