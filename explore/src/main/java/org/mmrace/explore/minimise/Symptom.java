package org.mmrace.explore.minimise;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.fault.Fault;

/**
 * What a failing run has shown, in one word, so that another run can be said to fail in the same way.
 *
 * @param id of an invariant, such as {@code "I20"}; {@link Fault#OUTCOME} for a wrong result; {@code "deadlock"},
 *     {@code "livelock"} or {@code "step-bound"} for a run that did not end; {@link #DATA_RACE}
 */
public record Symptom(String id) {
    /** Two accesses that nothing orders, in a run in which nothing was broken: only who looks for them sees them. */
    public static final String DATA_RACE = "data-race";

    /** What {@code run} has shown: the first thing that {@code scenario.violates} names, else the first of all. */
    public static Optional<Symptom> of(ControlledRun run, List<String> named) {
        Optional<Symptom> first = run.verdict().violations().stream()
                .map(violation -> new Symptom(word(run, violation.invariant())))
                .sorted((a, b) -> Boolean.compare(named.contains(b.id), named.contains(a.id)))
                .findFirst();
        return first.isPresent() || !run.verdict().hasWrongResult() ? first : Optional.of(new Symptom(Fault.OUTCOME));
    }

    private static String word(ControlledRun run, Invariant invariant) {
        How how = run.ending().how();
        boolean stuck =
                invariant == Invariant.I32 && (how == How.DEADLOCK || how == How.LIVELOCK || how == How.STEP_BOUND);
        return stuck ? how.name().toLowerCase(Locale.ROOT).replace('_', '-') : invariant.name();
    }

    /** Whether {@code run} fails in this way, perhaps in other ways as well; a data race is not seen in it. */
    public boolean isShownBy(ControlledRun run) {
        if (id.equals(Fault.OUTCOME)) {
            return run.verdict().hasWrongResult();
        }
        return run.verdict().violations().stream().anyMatch(violation -> isAbout(run, violation));
    }

    /** Whether {@code violation}, one of {@code run}, is this one. */
    public boolean isAbout(ControlledRun run, Violation violation) {
        return word(run, violation.invariant()).equals(id);
    }

    /** Whether it is a data race, which is found by looking at every access of the run once more. */
    public boolean isDataRace() {
        return id.equals(DATA_RACE);
    }

    /** Whether it is about the results that the scenario allows, so that it means nothing without them. */
    public boolean isAboutResults() {
        return id.equals(Fault.OUTCOME);
    }

    @Override
    public String toString() {
        return id;
    }
}
