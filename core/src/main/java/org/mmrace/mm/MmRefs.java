package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code mm->mm_count}: references that keep the {@code mm_struct}, but not its address space (kernel/fork.c). */
final class MmRefs {
    private final Kernel kernel;
    private final PageTables tables;

    MmRefs(Kernel kernel, PageTables tables) {
        this.kernel = kernel;
        this.tables = tables;
    }

    /** {@code mmgrab()}: somebody else is known to hold one. */
    void mmgrab(Mm mm) {
        kernel.addReturn(mm.mmCount, 1);
    }

    /** {@code mmdrop()}; the last one is {@code __mmdrop()}: the {@code mm_struct} and its page directory are freed. */
    void mmdrop(Task task, Mm mm) {
        if (kernel.addReturn(mm.mmCount, -1) == 0) {
            mm.freed().set(1);
            kernel.callRcu(task, () -> tables.freeTable(task, mm.pgd));
        }
    }
}
