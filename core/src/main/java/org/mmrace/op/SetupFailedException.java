package org.mmrace.op;

/** What a scenario declares cannot be built on this machine; the message says what and why. */
public final class SetupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetupFailedException(String message) {
        super(message);
    }
}
