package org.mmrace.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.explore.minimise.Minimiser;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.failure.FailureFiles;
import org.mmrace.script.Scenario;

/**
 * An execution that was not clean, or had a data race, as files that repeat it, and as a trace.
 *
 * @param result what has found it
 * @param file where it is
 * @param raceFile where its data race is, which would be lost where it is made smaller; null if it has none, or nothing
 *     else
 * @param trace what happened, step by step
 * @param minimised how it was made smaller; null if it was left as it was found
 */
public record HuntFailure(
        HuntResult result,
        Path file,
        @Nullable Path raceFile,
        Trace trace,
        @Nullable Minimised minimised) {
    /**
     * Runs what was found once more, and writes its failure file; and one for its data race, if it has one as well.
     *
     * @param result has found something
     * @param directory where the files go
     * @param version of this mmrace
     * @throws IOException when they cannot be written
     * @throws IllegalArgumentException when no scenario can ask for that kernel, so that no file can repeat it
     */
    public static HuntFailure write(HuntResult result, Path directory, String version) throws IOException {
        HuntResult.Found found = result.found();
        if (found == null) {
            throw new IllegalArgumentException(result.request().scenario() + ": nothing was found");
        }
        HuntRequest request = result.request();
        try (TaskPool pool = new TaskPool()) {
            Schedule schedule = found.run().ending().schedule();
            Trace trace = pool.drive(() -> trace(request, request.scenario(), schedule, pool));
            List<DataRace> races = result.watched().dataRaces();
            Optional<Symptom> shown = Symptom.of(trace.run(), request.scenario().violates());
            if (shown.isEmpty() && races.isEmpty()) {
                throw new IllegalStateException("the replay of " + found.way() + " shows nothing");
            }
            Path raceFile = null;
            if (!races.isEmpty()) {
                DataRace race = races.get(0);
                Failure racing = failure(result, trace, new Symptom(Symptom.DATA_RACE))
                        .at((int) race.second().step(), race.title());
                raceFile = FailureFiles.write(directory, pool.drive(() -> racing.inWords(trace, pool)), version);
            }
            if (shown.isEmpty()) {
                return new HuntFailure(result, Objects.requireNonNull(raceFile), null, trace, null);
            }
            Failure failure = failure(result, trace, shown.get());
            Path file = FailureFiles.write(directory, pool.drive(() -> failure.inWords(trace, pool)), version);
            return new HuntFailure(result, file, raceFile, trace, null);
        }
    }

    /**
     * The same, made smaller, in the place of this one; what has a data race only stays as it was found.
     *
     * @param directory where the file goes
     * @param version of this mmrace
     * @param enough whether to be content with what there is by now; asked by the thread that calls this
     * @throws IOException when it cannot be written; this one stays then
     */
    public HuntFailure smaller(Path directory, String version, BooleanSupplier enough) throws IOException {
        HuntRequest request = result.request();
        Optional<Symptom> shown = Symptom.of(trace.run(), request.scenario().violates());
        if (shown.isEmpty()) {
            return this;
        }
        Symptom symptom = shown.get();
        try (TaskPool pool = new TaskPool()) {
            Minimised small = pool.drive(() -> new Minimiser(pool, Minimiser.EXECUTIONS, enough)
                    .minimise(request.scenario(), request.config(), schedule(), symptom));
            Trace smallTrace = pool.drive(() -> trace(request, small.scenario(), small.schedule(), pool));
            Failure failure = failure(result, smallTrace, symptom);
            Path smallFile =
                    FailureFiles.write(directory, pool.drive(() -> failure.inWords(smallTrace, pool)), version);
            if (!smallFile.equals(file)) {
                Files.delete(file);
            }
            return new HuntFailure(result, smallFile, raceFile, smallTrace, small);
        }
    }

    /** All of its files; the one that says most comes last. */
    public List<Path> files() {
        return raceFile == null ? List.of(file) : List.of(raceFile, file);
    }

    /** Who goes when, with the name of the program, as the file has it. */
    Schedule schedule() {
        return trace.run().ending().schedule();
    }

    private static Trace trace(HuntRequest request, Scenario scenario, Schedule schedule, TaskPool pool) {
        return Trace.of(scenario, request.config(), pool, Replay.ofPrefix(schedule))
                .ofProgram(Failure.program(scenario, request.config()));
    }

    private static Failure failure(HuntResult result, Trace trace, Symptom symptom) {
        String way = Objects.requireNonNull(result.found()).way();
        return Failure.of(
                trace, symptom, way.replace(' ', '-'), result.request().seed());
    }
}
