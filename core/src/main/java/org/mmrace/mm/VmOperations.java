package org.mmrace.mm;

import org.mmrace.kernel.Task;

/**
 * {@code struct vm_operations_struct}: how a driver or filesystem answers page faults. Handlers give
 * {@link FaultResult} bits.
 */
public interface VmOperations {
    /** The dummy table of a driver VMA that sets none ({@code vma_dummy_vm_ops}). */
    VmOperations DUMMY = new VmOperations() {};

    /** Whether there is a {@code ->fault}. */
    default boolean hasFault() {
        return false;
    }

    /** Whether there is a {@code ->map_pages}, which means that faults may run under the VMA lock alone. */
    default boolean hasMapPages() {
        return false;
    }

    /** Whether there is a {@code ->page_mkwrite}. */
    default boolean hasPageMkwrite() {
        return false;
    }

    /** Whether there is a {@code ->pfn_mkwrite}. */
    default boolean hasPfnMkwrite() {
        return false;
    }

    /** {@code ->fault}: called without PTL; provides a page, or deals with the PTE and gives NOPAGE. */
    default int fault(Task task, VmFault vmf) {
        return FaultResult.SIGBUS;
    }

    /** {@code ->page_mkwrite}: the page of {@code vmf} is about to become writable. */
    default int pageMkwrite(Task task, VmFault vmf) {
        return FaultResult.NONE;
    }

    /** {@code ->pfn_mkwrite}: the special entry at the address of {@code vmf} is about to become writable. */
    default int pfnMkwrite(Task task, VmFault vmf) {
        return FaultResult.NONE;
    }

    /** {@code vm_ops_needs_writenotify()}. */
    default boolean needsWritenotify() {
        return hasPageMkwrite() || hasPfnMkwrite();
    }
}
