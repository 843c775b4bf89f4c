package org.mmrace.mm;

import org.mmrace.kernel.Task;

/** {@code struct file_operations}, as far as mappings go: what a driver or filesystem does when it is mapped. */
@FunctionalInterface
public interface FileOperations {
    /**
     * {@code ->mmap}: mmap_lock is held for writing and {@code vma} is in no tree yet. May set its ops and flags and
     * insert pages; its page_prot still has the write bit that write-notify will strip.
     *
     * @return 0, or a negative errno, which tears the mapping down again
     */
    int mmap(Task task, Vma vma);
}
