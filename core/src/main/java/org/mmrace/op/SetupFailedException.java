package org.mmrace.op;

/** What a scenario declares cannot be built on this machine; the message says what and why. */
public final class SetupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    SetupFailedException(String message) {
        super(message);
        line = 0;
        column = 0;
    }

    /** An operation of the setup gave {@code result}, and nobody asked for it. */
    public SetupFailedException(Step step, Result result) {
        super("setup: " + step + " gave " + result + "; if it is meant to, give the result a name, as in r = "
                + step.kind().name());
        line = step.line();
        column = step.column();
    }

    /** The line of the scenario that is refused, 1 for the first; 0 when that is not known. */
    public int line() {
        return line;
    }

    /** The column of the operation that is refused, 1 for the first; 0 when that is not known. */
    public int column() {
        return column;
    }
}
