package org.mmrace.kernel;

/** How a lock is held. */
public enum LockMode {
    /** Shared with other readers. */
    READ,
    /** Alone. */
    WRITE
}
