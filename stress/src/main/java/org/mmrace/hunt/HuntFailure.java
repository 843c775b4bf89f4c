package org.mmrace.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.explore.minimise.Minimiser;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.failure.FailureFiles;
import org.mmrace.script.Scenario;

/**
 * An execution that was not clean, or had a data race, as a file that repeats it, and as a trace.
 *
 * @param file where it is
 * @param trace what happened, step by step
 * @param minimised how it was made smaller; null if it was left as it was found
 */
public record HuntFailure(Path file, Trace trace, @Nullable Minimised minimised) {
    /**
     * Runs what was found once more, and writes its failure file; then makes it smaller and writes that in its place.
     * What has a data race only stays as it was found.
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
            Failure failure = failure(result, found.way(), trace);
            Path file = FailureFiles.write(directory, failure, version);
            if (!smaller || failure.symptom().isDataRace()) {
                return new HuntFailure(file, trace, null);
            }
            Minimised minimised = pool.drive(() -> new Minimiser(pool, Minimiser.EXECUTIONS)
                    .minimise(request.scenario(), request.config(), schedule, failure.symptom()));
            Trace small = pool.drive(() -> trace(request, minimised.scenario(), minimised.schedule(), pool));
            Path smallFile = FailureFiles.write(directory, failure(result, found.way(), small), version);
            if (!smallFile.equals(file)) {
                Files.delete(file);
            }
            return new HuntFailure(smallFile, small, minimised);
        }
    }

    private static Trace trace(HuntRequest request, Scenario scenario, Schedule schedule, TaskPool pool) {
        return Trace.of(scenario, request.config(), pool, Replay.ofPrefix(schedule))
                .ofProgram(Failure.program(scenario, request.config()));
    }

    private static Failure failure(HuntResult result, String way, Trace trace) {
        HuntRequest request = result.request();
        List<DataRace> races = result.watched().dataRaces();
        ControlledRun run = trace.run();
        Optional<Symptom> shown = Symptom.of(run, request.scenario().violates());
        if (shown.isEmpty() && races.isEmpty()) {
            throw new IllegalStateException("the replay of " + way + " shows nothing");
        }
        Symptom symptom = shown.orElseGet(() -> new Symptom(Symptom.DATA_RACE));
        boolean race = symptom.isDataRace();
        return new Failure(
                trace.scenario(),
                request.config(),
                run.ending().schedule(),
                symptom,
                race ? (int) races.get(0).second().step() : trace.stepOf(symptom.id()),
                race ? races.get(0).title() : why(run, symptom),
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
