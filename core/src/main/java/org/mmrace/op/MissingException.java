package org.mmrace.op;

/** An operation was given something that is not there yet, or no more. */
final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingException(String name) {
        super(name + " is not there", null, false, false);
    }
}
