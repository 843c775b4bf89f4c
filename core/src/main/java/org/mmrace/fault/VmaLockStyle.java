package org.mmrace.fault;

/** Whether page faults try a per-VMA lock before mmap_lock. */
public enum VmaLockStyle {
    /** They do not (6.3 and earlier). */
    NONE,
    /** A rw_semaphore and a sequence per VMA (6.4 to 6.14). */
    RWSEM,
    /** A reference count and a sequence per VMA (6.15 and later). */
    REFCNT
}
