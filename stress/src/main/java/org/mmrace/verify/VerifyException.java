package org.mmrace.verify;

/**
 * The environment does not let a checker run: something is not built, or there is no JDK for it. The message says what.
 */
public final class VerifyException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a message for the user, one line. */
    public VerifyException(String message) {
        super(message);
    }
}
