package org.mmrace.explore;

import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Ending.How;

/** What an execution has decided and done so far, and how it ended; tells whoever listens. */
final class Chronicle {
    private final Settings settings;
    private final @Nullable TraceHash trace;
    private final Schedule.Builder decisions = new Schedule.Builder();
    private int steps;
    private @Nullable Ending ending;

    Chronicle(Settings settings) {
        this.settings = settings;
        this.trace = settings.traces() ? new TraceHash() : null;
    }

    /** Task {@code number} was picked where others could have gone. */
    void picked(int number) {
        decisions.task(number);
    }

    /** Task {@code number} has got {@code value}. */
    void chose(int number, int value) {
        decisions.data(value);
        if (trace != null) {
            trace.chooses(number, value);
        }
    }

    /** {@code step} is about to happen. */
    void happens(Step step) {
        settings.listener().happens(step);
        if (trace != null) {
            trace.happens(step);
        }
        steps++;
    }

    /** The step that happened last touches one place more. */
    void touched(Object object, int index, boolean writes) {
        if (trace != null) {
            trace.touched(object, index, writes);
        }
    }

    /** How many steps have happened. */
    int steps() {
        return steps;
    }

    /** Whether the execution has ended. */
    boolean over() {
        return ending != null;
    }

    /** It ends so, unless it has ended already. */
    void end(How how, String detail, @Nullable Throwable failure, Choice choice) {
        if (ending == null) {
            Schedule schedule = decisions.build(settings.program());
            ending = new Ending(how, detail, failure, steps, schedule, trace == null ? 0 : trace.value());
            settings.listener().over(choice);
        }
    }

    /**
     * How it ended.
     *
     * @throws IllegalStateException when it has not
     */
    Ending ending() {
        Ending result = ending;
        if (result == null) {
            throw new IllegalStateException("the tasks came back without an ending");
        }
        return result;
    }
}
