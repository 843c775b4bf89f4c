package org.mmrace.kernel;

/** Something a task can hold: a spin lock, a semaphore, or a lock bit inside a word. */
public interface Lockable {
    /** Its place in the lock order. */
    LockClass lockClass();
}
