package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;

/**
 * {@code struct anon_vma}: who may map the anonymous pages of a process and its forks. The kernel has one for each VMA,
 * and a tree of VMAs in each; here all VMAs of a family of forks share one ({@code anon_vma->root}, whose lock they
 * share in the kernel as well), which lists address spaces, and the VMA tree gives the VMA. A VMA that has left the
 * tree is therefore not found any more, as if its unmapper had come first.
 */
final class AnonVma {
    private final Kernel kernel;
    final RwSem rwsem;
    private final RcuPointer<List<Mm>> mms = new RcuPointer<>(List.of());

    AnonVma(Kernel kernel, long id) {
        this.kernel = kernel;
        this.rwsem = new RwSem(LockClass.ANON_VMA, "anon_vma:" + id);
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names) {
        names.pointer(mms, () -> rwsem + " mms");
    }

    /** The address spaces of the family, parents first; the lock is held. */
    List<Mm> mms() {
        List<Mm> all = kernel.rcuDereference(mms);
        return all == null ? List.of() : all;
    }

    /** {@code anon_vma_fork()}: before anything of {@code mm} is mapped. */
    void link(Task task, Mm mm) {
        kernel.downWrite(task, rwsem);
        List<Mm> more = new ArrayList<>(mms());
        more.add(mm);
        kernel.rcuAssignPointer(mms, List.copyOf(more));
        kernel.upWrite(task, rwsem);
    }

    /**
     * {@code unlink_anon_vmas()} of VMAs that have left the tree: whoever has found one of them before is through with
     * it afterwards.
     */
    void waitForWalks(Task task) {
        kernel.downWrite(task, rwsem);
        kernel.upWrite(task, rwsem);
    }

    /** {@code unlink_anon_vmas()} of the last VMA of {@code mm}. */
    void unlink(Task task, Mm mm) {
        kernel.downWrite(task, rwsem);
        List<Mm> fewer = new ArrayList<>(mms());
        fewer.remove(mm);
        kernel.rcuAssignPointer(mms, List.copyOf(fewer));
        kernel.upWrite(task, rwsem);
    }
}
