package org.mmrace.explore;

/**
 * How one execution is run.
 *
 * @param limits what it may take
 * @param listener sees its steps
 * @param program names the program in its {@link Schedule}, as {@link Subject#hash}
 * @param traces whether {@link Ending#trace} is computed, which costs some time at each step
 */
public record Settings(Limits limits, StepListener listener, String program, boolean traces) {
    /** The usual limits, nobody listens, no name, no trace. */
    public static final Settings DEFAULT = new Settings(Limits.DEFAULT, StepListener.NONE, Schedule.ANY_PROGRAM, false);

    /** With other limits. */
    public Settings within(Limits newLimits) {
        return new Settings(newLimits, listener, program, traces);
    }

    /** With a listener. */
    public Settings listening(StepListener newListener) {
        return new Settings(limits, newListener, program, traces);
    }

    /** Of a program with a name. */
    public Settings of(String newProgram) {
        return new Settings(limits, listener, newProgram, traces);
    }

    /** With {@link Ending#trace}. */
    public Settings tracing() {
        return new Settings(limits, listener, program, true);
    }
}
