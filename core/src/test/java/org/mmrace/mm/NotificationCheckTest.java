package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PRIVATE;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.RW;
import static org.mmrace.mm.CheckFixture.SHARED;
import static org.mmrace.mm.CheckFixture.START;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** I09 and I35, and what KSM and userfaultfd change in I06 and I24. */
class NotificationCheckTest {
    private static final long Z = Pte.make(Memory.ZERO_PFN, RO | Pte.SPECIAL);

    private final CheckFixture f = new CheckFixture();

    private void disabled() {
        f.monitors.cowSharingDisabled(f.task, f.mm);
    }

    @Test
    void i09ZeropageLeftFires() {
        Vma vma = f.vma(PRIVATE, null);
        f.install(vma, Z, false);
        assertThat(f.broken(this::disabled)).containsExactly(Invariant.I09);
        assertThat(f.audited()).containsExactly(Invariant.I09);
    }

    @Test
    void i09ZeropageAfterwardsFires() {
        Vma vma = f.vma(PRIVATE, null);
        assertThat(f.broken(this::disabled)).isEmpty();
        assertThat(f.broken(() -> f.install(vma, Z, false))).containsExactly(Invariant.I09);
    }

    @Test
    void i09PfnmapAndBeforeAreLegal() {
        Vma vma = f.vma(PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
        CheckFixture frames = new CheckFixture();
        Vma pfnmap = frames.vma(PRIVATE | VmFlags.PFNMAP, null);
        frames.monitors.cowSharingDisabled(frames.task, frames.mm);
        assertThat(frames.broken(() -> frames.install(pfnmap, Z, false))).isEmpty();
    }

    @Test
    void i06KsmIsLegal() {
        Vma vma = f.vma(PRIVATE | VmFlags.MERGEABLE, null);
        assertThat(f.broken(() -> f.install(vma, Z | Pte.DIRTY, false))).isEmpty();
        CheckFixture plain = new CheckFixture();
        Vma other = plain.vma(PRIVATE, null);
        assertThat(plain.broken(() -> plain.install(other, Z | Pte.DIRTY, false)))
                .containsExactly(Invariant.I06);
    }

    @Test
    void i24FillingAFileFires() {
        Vma vma = f.vma(SHARED & ~(VmFlags.WRITE | VmFlags.MAYWRITE | VmFlags.SHARED), null);
        assertThat(f.broken(() -> f.monitors.fileFilled(f.task, vma, START))).containsExactly(Invariant.I24);
    }

    @Test
    void i24FillingAWritableFileIsLegal() {
        Vma vma = f.vma(SHARED & ~VmFlags.WRITE, null);
        assertThat(f.broken(() -> f.monitors.fileFilled(f.task, vma, START))).isEmpty();
    }

    @Test
    void i35WriteProtectedByUserfaultfdFires() {
        Vma vma = f.vma(SHARED | VmFlags.UFFD_WP, null);
        Page page = f.page(PageKind.SHMEM);
        f.map(vma, page, RO | Pte.UFFD_WP);
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), RW | Pte.UFFD_WP))))
                .contains(Invariant.I35);
        assertThat(f.audited()).contains(Invariant.I35);
    }

    @Test
    void i35WithoutTheBitOrTheRegistrationIsLegal() {
        Vma vma = f.vma(SHARED | VmFlags.UFFD_WP, null);
        Page page = f.page(PageKind.SHMEM);
        assertThat(f.broken(() -> f.map(vma, page, RW))).isEmpty();
        CheckFixture plain = new CheckFixture();
        Vma other = plain.vma(SHARED, null);
        Page shared = plain.page(PageKind.SHMEM);
        assertThat(plain.broken(() -> plain.map(other, shared, RW | Pte.UFFD_WP)))
                .isEmpty();
    }

    @Test
    void i35NotSoftDirtyFires() {
        CheckFixture tracking = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.softDirty(true)));
        Vma vma = tracking.vma(SHARED & ~VmFlags.SOFTDIRTY, null);
        Page page = tracking.page(PageKind.SHMEM);
        assertThat(tracking.broken(() -> tracking.map(vma, page, RW))).containsExactly(Invariant.I35);
        assertThat(tracking.broken(() -> tracking.set(vma, Pte.NONE))).isEmpty();
        assertThat(tracking.broken(() -> tracking.install(vma, Pte.make(page.pfn(), RW | Pte.SOFT_DIRTY), true)))
                .isEmpty();
    }

    @Test
    void i35InsertionBeforeTheMappingIsSoftDirtyIsLegal() {
        CheckFixture tracking = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.softDirty(true)));
        Vma vma = tracking.detachedVma(SHARED & ~VmFlags.SOFTDIRTY, null);
        Page page = tracking.page(PageKind.SHMEM);
        assertThat(tracking.broken(() -> tracking.map(vma, page, RW))).isEmpty();
    }

    @Test
    void i35UntrackedIsLegal() {
        Vma vma = f.vma(SHARED & ~VmFlags.SOFTDIRTY, null);
        Page page = f.page(PageKind.SHMEM);
        assertThat(f.broken(() -> f.map(vma, page, RW))).isEmpty();
    }
}
