package org.mmrace.kernel;

/** A spin lock ({@code spinlock_t}): excludes, is not recursive, and nobody sleeps while holding it. */
public final class SpinLock implements Lockable {
    /** 0 when free, else 1 + the id of the task that holds it. */
    final Word owner = new Word();

    private final LockClass lockClass;
    private final String name;

    /**
     * A free lock.
     *
     * @param name shown in reports, such as {@code "ptl:7"}
     */
    public SpinLock(LockClass lockClass, String name) {
        this.lockClass = lockClass;
        this.name = name;
    }

    @Override
    public LockClass lockClass() {
        return lockClass;
    }

    @Override
    public String toString() {
        return name;
    }
}
