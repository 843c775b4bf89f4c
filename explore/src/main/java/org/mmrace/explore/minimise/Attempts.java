package org.mmrace.explore.minimise;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.EndlessWaitException;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.fault.KernelConfig;
import org.mmrace.op.SetupFailedException;
import org.mmrace.script.Scenario;

/** Runs programs and looks whether they fail in the way that is wanted; counts the runs and knows when it is enough. */
final class Attempts {
    /** Nothing that fails needs more; what has lost its way in a changed program is given up early. */
    private static final Limits LIMITS = new Limits(20_000, 200);

    private final TaskPool pool;
    private final KernelConfig config;
    private final Symptom symptom;
    private final BooleanSupplier enough;
    private long max;
    private long made;

    Attempts(TaskPool pool, KernelConfig config, Symptom symptom, long max, BooleanSupplier enough) {
        this.pool = pool;
        this.config = config;
        this.symptom = symptom;
        this.max = max;
        this.enough = enough;
    }

    /**
     * A run that fails in the way that is wanted.
     *
     * @param steps how many steps each task has made
     */
    record Hit(ControlledRun run, Outline outline, List<Integer> steps) {
        int preemptions() {
            return outline.preemptions().size();
        }
    }

    /** From now on there may be {@code newMax} runs, those that there have been included. */
    void allow(long newMax) {
        max = newMax;
    }

    /** How many runs there have been. */
    long made() {
        return made;
    }

    /** Whether there may be no more runs. */
    boolean isExhausted() {
        return made >= max || enough.getAsBoolean();
    }

    /** The run of {@code schedule}, even if there may be no more; null if it does not fail so. */
    @Nullable
    Hit repeat(Scenario scenario, Schedule schedule) {
        return run(scenario, Replay.ofPrefix(schedule));
    }

    /** One run along {@code outline}; null if it does not fail so. */
    @Nullable
    Hit follow(Scenario scenario, Outline outline) {
        return isExhausted() ? null : run(scenario, new Guided(outline));
    }

    /**
     * What a search has come to.
     *
     * @param hit the failing run; null if there was none
     * @param complete whether the strategy has shown all that it can show
     */
    record Searched(@Nullable Hit hit, boolean complete) {}

    /** Up to {@code most} runs under {@code strategy}, until one fails so. */
    Searched search(Scenario scenario, Strategy strategy, long most) {
        boolean more = true;
        for (long n = 0; n < most && more && !isExhausted(); n++) {
            Hit hit = run(scenario, strategy);
            if (hit != null) {
                return new Searched(hit, false);
            }
            more = strategy.end();
        }
        return new Searched(null, !more);
    }

    private @Nullable Hit run(Scenario scenario, Strategy strategy) {
        made++;
        OutlineListener listener = new OutlineListener();
        try {
            ControlledRun run = ControlledRun.of(scenario, config, pool, strategy, LIMITS, listener);
            return symptom.isShownBy(run) ? new Hit(run, listener.outline(), listener.steps()) : null;
        } catch (SetupFailedException | EndlessWaitException e) {
            return null; // what is left of the scenario is not one, or waits for what was left out
        }
    }
}
