package org.mmrace.op;

/** One operation of a scenario with its arguments: a system call, a user access, a driver's or the kernel's call. */
@FunctionalInterface
public interface Op {
    /** Runs it on behalf of {@code actor}, through the kernel's verbs only; gives what the caller would see. */
    Result run(Actor actor);
}
