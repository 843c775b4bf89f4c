package org.mmrace.kernel;

/** The machine was switched off while a task waited for a lock; its thread unwinds. */
public final class Halted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Halted(Task task) {
        super("machine switched off while " + task + " was waiting", null, false, false);
    }
}
