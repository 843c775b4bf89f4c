package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.VmaLockStyle;

/** I31: who may write the fields of a VMA, and when. */
class VmaCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Vma vma = f.vma(CheckFixture.PRIVATE, null);

    private static void write(CheckFixture on, Vma vma) {
        vma.modifyFlags(on.kernel, on.monitors, on.task, VmFlags.DONTCOPY, 0);
    }

    @Test
    void i31WriteLockedIsLegal() {
        f.platform.vmaLocks().mmapWriteLock(f.task, f.mm);
        f.platform.vmaLocks().startWrite(f.task, vma);
        assertThat(f.broken(() -> write(f, vma))).isEmpty();
        f.platform.vmaLocks().mmapWriteUnlock(f.task, f.mm);
    }

    @Test
    void i31WithoutMmapLockFires() {
        f.kernel.downRead(f.task, f.mm.mmapLock());
        assertThat(f.broken(() -> write(f, vma))).containsExactly(Invariant.I31);
        f.kernel.upRead(f.task, f.mm.mmapLock());
    }

    @Test
    void i31VisibleWithoutVmaLockFires() {
        Vma notYet = f.detachedVma(CheckFixture.PRIVATE, null);
        f.platform.vmaLocks().mmapWriteLock(f.task, f.mm);
        assertThat(f.broken(() -> write(f, vma))).containsExactly(Invariant.I31);
        assertThat(f.broken(() -> write(f, notYet))).isEmpty();
        f.platform.vmaLocks().mmapWriteUnlock(f.task, f.mm);
    }

    @Test
    void i31WithoutVmaLocksAtAllIsLegal() {
        CheckFixture none =
                new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.vmaLock(VmaLockStyle.NONE)));
        Vma visible = none.vma(CheckFixture.PRIVATE, null);
        none.platform.vmaLocks().mmapWriteLock(none.task, none.mm);
        assertThat(none.broken(() -> write(none, visible))).isEmpty();
        none.platform.vmaLocks().mmapWriteUnlock(none.task, none.mm);
    }

    @Test
    void i31UnderAReaderFires() {
        assertThat(f.platform.vmaLocks().lockVmaUnderRcu(f.other, f.mm, CheckFixture.START))
                .isSameAs(vma);
        f.platform.vmaLocks().mmapWriteLock(f.task, f.mm);
        assertThat(f.broken(() -> write(f, vma))).containsExactly(Invariant.I31);
        f.platform.vmaLocks().endRead(f.other, vma);
        f.platform.vmaLocks().startWrite(f.task, vma);
        assertThat(f.broken(() -> write(f, vma))).isEmpty();
        f.platform.vmaLocks().mmapWriteUnlock(f.task, f.mm);
    }
}
