package org.mmrace.explore;

/** An execution cannot follow what it was told: the schedule or script is of another program. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the place in the schedule or script, and what the task was doing instead. */
    public DivergedException(String message) {
        super(message);
    }
}
