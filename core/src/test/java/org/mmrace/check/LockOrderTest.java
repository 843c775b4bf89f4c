package org.mmrace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;

/** I32: each rule of section 12.2 fires, and what it allows does not. */
class LockOrderTest {
    /** A lock that is a bit somewhere. */
    private record Bit(LockClass lockClass) implements Lockable {}

    private final List<Violation> found = new ArrayList<>();
    private final LockOrder order = new LockOrder(found::add);
    private final NativeKernel kernel = new NativeKernel(1, KernelLog.NONE, order, RetryWatch.NONE);
    private final Task task = new Task(0, 0, "task0");
    private final RwSem mmap = new RwSem(LockClass.MMAP, "mmap_lock:mm1");
    private final RwSem childMmap = new RwSem(LockClass.MMAP, "mmap_lock:mm2");
    private final RwSem iMmap = new RwSem(LockClass.I_MMAP, "i_mmap_rwsem:1");
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl:1");
    private final SpinLock otherPtl = new SpinLock(LockClass.PTL, "ptl:2");

    private void isLegal() {
        assertThat(found).isEmpty();
    }

    private void fires(String message) {
        assertThat(found).hasSize(1);
        assertThat(found.get(0).invariant()).isEqualTo(Invariant.I32);
        assertThat(found.get(0).message()).contains(message);
    }

    @Test
    void outerToInnerIsLegal() {
        kernel.downRead(task, mmap);
        kernel.downRead(task, iMmap);
        kernel.spinLock(task, ptl);
        isLegal();
        assertThat(order.learned()).containsExactly("MMAP -> I_MMAP", "MMAP -> PTL", "I_MMAP -> PTL");
    }

    @Test
    void innerToOuterFires() {
        kernel.downRead(task, iMmap);
        kernel.downRead(task, mmap);
        fires("mmap_lock:mm1 is taken inside i_mmap_rwsem:1, which belongs inside it");
    }

    @Test
    void downgradedLockStaysOutside() {
        kernel.downWrite(task, mmap);
        kernel.downgradeWrite(task, mmap);
        kernel.downRead(task, iMmap);
        kernel.spinLock(task, ptl);
        isLegal();
        kernel.spinUnlock(task, ptl);
        kernel.upRead(task, iMmap);
        kernel.upRead(task, mmap);
        kernel.downWrite(task, mmap);
        isLegal();
    }

    @Test
    void innerToOuterByTrylockIsLegal() {
        kernel.downRead(task, iMmap);
        assertThat(kernel.downReadTrylock(task, mmap)).isTrue();
        isLegal();
    }

    @Test
    void spinLocksOutOfOrderFire() {
        kernel.spinLock(task, ptl);
        kernel.spinLock(task, new SpinLock(LockClass.PAGE_TABLE, "page_table_lock:mm1"));
        fires("which belongs inside it");
    }

    @Test
    void sleepingUnderSpinLockFires() {
        kernel.spinLock(task, ptl);
        kernel.downRead(task, iMmap);
        fires("may sleep, under spin lock ptl:1");
    }

    @Test
    void tryingUnderSpinLockIsLegal() {
        kernel.spinLock(task, ptl);
        kernel.lockMapAcquire(task, new Bit(LockClass.FOLIO), LockMode.WRITE, true);
        isLegal();
    }

    @Test
    void bitLockUnderSpinLockFires() {
        kernel.spinLock(task, ptl);
        kernel.lockMapAcquire(task, new Bit(LockClass.DAX_ENTRY), LockMode.WRITE, false);
        fires("may sleep, under spin lock");
    }

    @Test
    void sleepingWithInterruptsOffFires() {
        kernel.localIrqSave(task);
        kernel.downRead(task, mmap);
        fires("with interrupts off");
    }

    @Test
    void spinningWithInterruptsOffIsLegal() {
        kernel.localIrqSave(task);
        kernel.spinLock(task, ptl);
        isLegal();
    }

    @Test
    void recursionFires() {
        kernel.downRead(task, mmap);
        kernel.downRead(task, mmap);
        fires("is taken again by its holder");
    }

    @Test
    void recursionByTrylockIsLegal() {
        kernel.downWrite(task, mmap);
        assertThat(kernel.downReadTrylock(task, mmap)).isFalse();
        isLegal();
    }

    @Test
    void twoPtlsOfForkAreLegal() {
        kernel.downWrite(task, mmap);
        kernel.downWrite(task, childMmap);
        kernel.spinLock(task, ptl);
        kernel.spinLock(task, otherPtl);
        isLegal();
    }

    @Test
    void twoPtlsUnderMmapReadFire() {
        kernel.downRead(task, mmap);
        kernel.spinLock(task, ptl);
        kernel.spinLock(task, otherPtl);
        fires("ptl:2 is taken inside ptl:1 of its own class");
    }

    @Test
    void threePtlsFire() {
        kernel.downWrite(task, mmap);
        kernel.spinLock(task, ptl);
        kernel.spinLock(task, otherPtl);
        kernel.spinLock(task, new SpinLock(LockClass.PTL, "ptl:3"));
        assertThat(found).hasSize(2);
    }

    @Test
    void twoMmapLocksForReadingFire() {
        kernel.downRead(task, mmap);
        kernel.downRead(task, childMmap);
        fires("of its own class");
    }

    @Test
    void twoMappingsFire() {
        kernel.downRead(task, iMmap);
        kernel.downRead(task, new RwSem(LockClass.I_MMAP, "i_mmap_rwsem:2"));
        fires("of its own class");
    }

    @Test
    void vmaWriteLocksUnderMmapWriteAreLegal() {
        kernel.downWrite(task, mmap);
        kernel.downWrite(task, new RwSem(LockClass.VMA_WRITE, "vma_lock:1"));
        kernel.downWrite(task, new RwSem(LockClass.VMA_WRITE, "vma_lock:2"));
        isLegal();
    }

    @Test
    void vmaReaderMayTakeWhatFaultsTake() {
        RwSem vmaLock = new RwSem(LockClass.VMA_WRITE, "vma_lock:1");
        assertThat(kernel.downReadTrylock(task, vmaLock)).isTrue();
        kernel.lockMapAcquire(task, new Bit(LockClass.VMA_READ), LockMode.READ, true);
        kernel.downRead(task, new RwSem(LockClass.INVALIDATE, "invalidate_lock:1"));
        isLegal();
        kernel.downRead(task, mmap);
        assertThat(found).isNotEmpty();
    }

    @Test
    void releasedLocksDoNotCount() {
        kernel.downRead(task, iMmap);
        kernel.upRead(task, iMmap);
        kernel.downRead(task, mmap);
        isLegal();
    }
}
