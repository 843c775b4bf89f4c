package org.mmrace.lincheck;

import java.util.stream.Stream;

/** How Lincheck runs the threads of a scenario. */
enum Mode {
    /** One after the other, with a switch where its search wants one: systematic, sequentially consistent. */
    MODEL_CHECKING,
    /** All at once, on real cores. */
    STRESS;

    /**
     * Those that this JVM is for: all, or the one that the system property {@code mmrace.lincheck.mode} names.
     *
     * @throws IllegalArgumentException when the property names none
     */
    static Stream<Mode> here() {
        String only = System.getProperty("mmrace.lincheck.mode", "");
        return only.isEmpty() ? Stream.of(values()) : Stream.of(valueOf(only));
    }

    @Override
    public String toString() {
        return this == MODEL_CHECKING ? "model checking" : "stress";
    }
}
