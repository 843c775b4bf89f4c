package org.mmrace.kernel;

/** A sleeping reader-writer lock ({@code struct rw_semaphore}) that can be downgraded from write to read. */
public final class RwSem implements Lockable {
    /** 0 free, n &gt; 0 readers, -(1 + id) the writing task. */
    final Word state = new Word();

    /** Writers that wait; new readers queue behind them, as the kernel's semaphore makes them. */
    final Word waitingWriters = new Word();

    private final LockClass lockClass;
    private final String name;

    /**
     * A free lock.
     *
     * @param name shown in reports, such as {@code "mmap_lock:mm1"}
     */
    public RwSem(LockClass lockClass, String name) {
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
