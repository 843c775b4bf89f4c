package org.mmrace.explore;

/** Unwinds a task of an execution that is over; an Error, so that no handler of the program takes it for its own. */
final class Abandoned extends Error {
    static final Abandoned ONLY = new Abandoned();

    private static final long serialVersionUID = 1;

    private Abandoned() {
        super("the execution is over", null, false, false);
    }
}
