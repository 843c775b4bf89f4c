package org.mmrace.explore;

/** A wait that nobody can end, for no other task is running: such as in a setup that waits for what it has taken. */
public final class EndlessWaitException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    EndlessWaitException(String message) {
        super(message);
    }
}
