package org.mmrace.matrix;

import org.mmrace.fault.Fault;

/** Hears how a matrix goes on. */
public interface MatrixListener {
    /** Hears nothing. */
    MatrixListener NONE = new MatrixListener() {};

    /** Of {@code total} cells {@code done} need nothing more; now {@code checker} looks for {@code fault}. */
    default void looking(Fault fault, String checker, boolean on, int done, int total) {}

    /** A trial has ended. */
    default void tried(Trial trial) {}
}
