package org.mmrace.mm;

import org.mmrace.kernel.Task;

/** The downgrade of mmap_lock, which only munmap uses, for the tests of what it promises to VMA lock readers. */
public final class VmaLockAccess {
    private VmaLockAccess() {}

    /** {@code mmap_write_downgrade()}: every VMA write lock ends, and mmap_lock is held for reading. */
    public static void mmapWriteDowngrade(Platform platform, Task task, Mm mm) {
        platform.vmaLocks().mmapWriteDowngrade(task, mm);
    }
}
