package org.mmrace.stress;

/** One of the things that a worker does. Has no state: all of it is the worker's. */
interface Role {
    /** Does one operation, or a few that belong together. */
    void step(Worker worker);
}
