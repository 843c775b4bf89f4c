package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Local;

/** Reference-counted VMA locks, and what I30 and I31 say of them. */
class VmaRefcntCheckTest {
    private final CheckFixture f =
            new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.vmaLock(VmaLockStyle.REFCNT)));
    private final VmaLocks locks = f.platform.vmaLocks();
    private final VmaRefcnt refcnt = new VmaRefcnt(f.kernel, f.platform.config(), f.monitors, f.platform.mmRefs);
    private final Vma vma = f.vma(CheckFixture.PRIVATE, null);

    private void write(Vma target) {
        target.modifyFlags(f.kernel, f.monitors, f.task, VmFlags.DONTCOPY, 0);
    }

    private long count(Vma target) {
        return f.kernel.readOnce(Objects.requireNonNull(target.object()).vmRefcnt);
    }

    /** {@code munmap()} as far as the VMA goes: its object may be reused at once. */
    private void remove(Vma target) {
        locks.mmapWriteLock(f.task, target.mm());
        locks.startWrite(f.task, target);
        locks.markDetached(f.task, target);
        target.mm().tree().replace(List.of(target), List.of());
        locks.mmapWriteUnlock(f.task, target.mm());
        new VmaEdit(f.platform, new HugetlbTables(f.platform, new TlbFlush(f.platform), new Rmap(f.platform)))
                .free(f.task, target);
    }

    @Test
    void readersAreCounted() {
        assertThat(count(vma)).isEqualTo(1);
        assertThat(locks.lockVmaUnderRcu(f.other, f.mm, CheckFixture.START)).isSameAs(vma);
        assertThat(count(vma)).isEqualTo(2);
        locks.endRead(f.other, vma);
        assertThat(count(vma)).isEqualTo(1);
    }

    @Test
    void writeLockedVmaCannotBeRead() {
        locks.mmapWriteLock(f.task, f.mm);
        assertThat(locks.lockVmaUnderRcu(f.other, f.mm, CheckFixture.START)).isSameAs(vma);
        locks.endRead(f.other, vma);
        locks.startWrite(f.task, vma);
        assertThat(locks.isWriteLocked(vma)).isTrue();
        assertThat(locks.lockVmaUnderRcu(f.other, f.mm, CheckFixture.START)).isNull();
        assertThat(f.broken(() -> write(vma))).isEmpty();
        locks.mmapWriteUnlock(f.task, f.mm);
        assertThat(locks.isWriteLocked(vma)).isFalse();
        assertThat(locks.lockVmaUnderRcu(f.other, f.mm, CheckFixture.START)).isSameAs(vma);
        locks.endRead(f.other, vma);
    }

    @Test
    void i31UnderAReaderFires() {
        locks.lockVmaUnderRcu(f.other, f.mm, CheckFixture.START);
        locks.mmapWriteLock(f.task, f.mm);
        assertThat(f.broken(() -> write(vma))).containsExactly(Invariant.I31);
        locks.endRead(f.other, vma);
        locks.startWrite(f.task, vma);
        assertThat(f.broken(() -> write(vma))).isEmpty();
        locks.mmapWriteUnlock(f.task, f.mm);
    }

    @Test
    void i31AnonVmaWithoutMmapLockFires() {
        locks.lockVmaUnderRcu(f.task, f.mm, CheckFixture.START);
        assertThat(f.broken(() -> f.monitors.anonVmaPrepared(f.task, vma))).containsExactly(Invariant.I31);
        f.kernel.downReadTrylock(f.task, f.mm.mmapLock());
        assertThat(f.broken(() -> f.monitors.anonVmaPrepared(f.task, vma))).isEmpty();
        f.kernel.upRead(f.task, f.mm.mmapLock());
        locks.endRead(f.task, vma);
    }

    @Test
    void i31MmUsedAfterItWasFreedFires() {
        Mm gone = f.newMm();
        f.platform.mmRefs.mmgrab(gone);
        f.manager.munmap().exitMmap(f.task, gone);
        assertThat(f.broken(() -> f.monitors.mmUsed(f.task, gone))).isEmpty();
        f.platform.mmRefs.mmdrop(f.task, gone);
        assertThat(f.broken(() -> f.monitors.mmUsed(f.task, gone))).containsExactly(Invariant.I31);
    }

    @Test
    void i30FreedVmaFires() {
        Page page = f.page(PageKind.ANON);
        remove(vma);
        assertThat(f.broken(() -> f.install(vma, Pte.make(page.pfn(), CheckFixture.RO), true)))
                .containsExactly(Invariant.I30);
    }

    @Test
    void detachedVmaIsLookedUpAgain() {
        Local<Vma> locked = new Local<>(null);
        remove(vma);
        assertThat(refcnt.startRead(f.other, f.mm, vma, locked)).isEqualTo(-Errno.EAGAIN);
        assertThat(locked.get()).isNull();
    }

    @Test
    void objectReusedInTheSameMmGivesTheNewVma() {
        remove(vma);
        Vma successor = f.vma(CheckFixture.PRIVATE, null);
        assertThat(successor.object()).isSameAs(vma.object());
        Local<Vma> locked = new Local<>(null);
        assertThat(refcnt.startRead(f.other, f.mm, vma, locked)).isZero();
        assertThat(locked.get()).isSameAs(successor);
        locks.endRead(f.other, successor);
    }

    @Test
    void objectReusedByAnotherMmGivesNothingAndTheCountBack() {
        remove(vma);
        Mm otherMm = f.newMm();
        Vma successor = f.vmaOf(otherMm, CheckFixture.PRIVATE, null);
        otherMm.tree().replace(List.of(), List.of(successor));
        f.kernel.rcuReadLock(f.other);
        Local<Vma> locked = new Local<>(null);
        assertThat(f.broken(() ->
                        assertThat(refcnt.startRead(f.other, f.mm, vma, locked)).isZero()))
                .isEmpty();
        f.kernel.rcuReadUnlock(f.other);
        assertThat(locked.get()).isNull();
        assertThat(count(successor)).isEqualTo(1);
        assertThat(f.kernel.readOnce(otherMm.mmCount)).isEqualTo(1);
    }
}
