package org.mmrace.lincheck;

/** How Lincheck runs the threads of a scenario. */
enum Mode {
    /** One after the other, with a switch where its search wants one: systematic, sequentially consistent. */
    MODEL_CHECKING,
    /** All at once, on real cores. */
    STRESS;

    @Override
    public String toString() {
        return this == MODEL_CHECKING ? "model checking" : "stress";
    }
}
