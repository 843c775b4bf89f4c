package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.LocalLong;

/** I01 to I08: the zeropage, at the cells. */
class ZeropageCheckTest {
    private static final long Z = Pte.make(Memory.ZERO_PFN, RO | Pte.SPECIAL);

    private final CheckFixture f = new CheckFixture();
    private final Folios folios = f.platform.folios();

    @Test
    void i01MapReferenceFires() {
        assertThat(f.broken(() -> folios.get(f.task, f.zero, RefKind.MAP))).containsExactly(Invariant.I01);
        assertThat(f.broken(() -> folios.put(f.task, f.zero, RefKind.MAP))).containsExactly(Invariant.I01);
    }

    @Test
    void i01PinFires() {
        assertThat(f.broken(() -> folios.addPin(f.task, f.zero))).containsExactly(Invariant.I01);
    }

    @Test
    void i01PutWithoutGetFires() {
        assertThat(f.broken(() -> f.monitors.refChanged(f.task, f.zero, RefKind.GET, -1, 0)))
                .containsExactly(Invariant.I01);
    }

    @Test
    void i01GetAndUnpinAreLegal() {
        assertThat(f.broken(() -> {
                    folios.get(f.task, f.zero, RefKind.GET);
                    folios.put(f.task, f.zero, RefKind.GET);
                    folios.unpin(f.task, f.zero);
                }))
                .isEmpty();
    }

    @Test
    void i02MapcountFires() {
        assertThat(f.broken(() -> f.mapcount(f.zero, 1))).containsExactly(Invariant.I02);
        Page page = f.page(PageKind.DRIVER);
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
    }

    @Test
    void i02MappingTheZeropageAndCountingItsNeighbourAreLegal() {
        Page page = f.page(PageKind.SHMEM);
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
        assertThat(f.platform.folios().mapcount(f.zero)).isZero();
    }

    @Test
    void i03ContentsFire() {
        Memory memory = f.platform.memory();
        Page page = f.page(PageKind.DRIVER);
        assertThat(f.broken(() -> memory.setContents(f.task, Memory.ZERO_PFN, 7)))
                .containsExactly(Invariant.I03);
        assertThat(f.broken(() -> memory.setContents(f.task, Memory.ZERO_PFN, 0)))
                .isEmpty();
        assertThat(f.broken(() -> memory.setContents(f.task, page.pfn(), 7))).isEmpty();
    }

    @Test
    void i03StoreThroughTlbFires() {
        Page page = f.page(PageKind.DRIVER);
        assertThat(f.broken(() -> f.monitors.userStore(f.task, f.mm, CheckFixture.START, Memory.ZERO_PFN)))
                .containsExactly(Invariant.I03);
        assertThat(f.broken(() -> f.monitors.userStore(f.task, f.mm, CheckFixture.START, page.pfn())))
                .isEmpty();
    }

    @Test
    void i03WriteAfterReadGoesToACopyAndIsLegal() {
        long prot = VmFlags.READ | VmFlags.WRITE;
        f.manager.mmap().mmapAt(f.task, f.mm, CheckFixture.START, CheckFixture.PAGE, Mmap.Request.anonymous(prot));
        LocalLong read = new LocalLong(1);
        assertThat(f.broken(() -> {
                    f.manager.userAccess().load(f.task, f.mm, CheckFixture.START, read);
                    f.manager.userAccess().store(f.task, f.mm, CheckFixture.START, 7);
                }))
                .isEmpty();
        assertThat(read.get()).isZero();
        assertThat(f.platform.memory().contents(Memory.ZERO_PFN)).isZero();
    }

    @Test
    void i04WritableFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z | Pte.RW, false))).containsExactly(Invariant.I04);
        assertThat(f.broken(() -> f.set(vma, Z))).isEmpty();
    }

    @Test
    void i04ReadOnlyInAWritableMappingIsLegal() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
        Page page = f.page(PageKind.ANON);
        folios.set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), CheckFixture.RW))))
                .isEmpty();
    }

    @Test
    void i05NotSpecialFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z & ~Pte.SPECIAL, false))).containsExactly(Invariant.I05);
        assertThat(f.broken(() -> f.set(vma, Z))).isEmpty();
    }

    @Test
    void i05WithoutSpecialBitIsLegal() {
        CheckFixture none = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.pteSpecial(false)));
        Vma vma = none.vma(CheckFixture.PRIVATE, null);
        assertThat(none.broken(() -> none.install(vma, Z & ~Pte.SPECIAL, false)))
                .isEmpty();
    }

    @Test
    void i06DirtyFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z | Pte.DIRTY, false))).containsExactly(Invariant.I06);
        assertThat(f.broken(() -> f.set(vma, Z | Pte.SOFT_DIRTY))).isEmpty();
    }

    @Test
    void i07CountedFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.install(vma, Z, true))).containsExactly(Invariant.I07);
        assertThat(f.broken(() -> f.set(vma, Pte.NONE))).isEmpty();
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
    }

    @Test
    void i07UncountedZeropageAfterACountedPageIsLegal() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.map(vma, f.page(PageKind.FILE), RO))).isEmpty();
        assertThat(f.broken(() -> f.set(vma, Pte.NONE))).isEmpty();
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
    }

    @Test
    void i08SharedWritableFires() {
        Vma vma = f.vma(CheckFixture.SHARED, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).containsExactly(Invariant.I08);
    }

    @Test
    void i08NeverWritableIsLegal() {
        Vma vma = f.vma(CheckFixture.NEVER_WRITABLE, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).isEmpty();
    }

    @Test
    void i08NeedsPfnMkwriteAndVmIo() {
        Vma vma = f.vma(CheckFixture.SHARED | VmFlags.IO, null);
        assertThat(f.broken(() -> f.install(vma, Z, false))).containsExactly(Invariant.I08);
        vma.setOps(f.kernel, new VmOperations() {
            @Override
            public boolean hasPfnMkwrite() {
                return true;
            }
        });
        assertThat(f.broken(() -> f.set(vma, Z))).isEmpty();
    }

    @Test
    void i08FiresWhenFlagsChange() {
        Vma vma = f.vma(CheckFixture.NEVER_WRITABLE, null);
        f.install(vma, Z, false);
        f.platform.vmaLocks().mmapWriteLock(f.task, f.mm);
        f.platform.vmaLocks().startWrite(f.task, vma);
        assertThat(f.broken(() -> vma.modifyFlags(f.kernel, f.monitors, f.task, VmFlags.EXEC, 0)))
                .isEmpty();
        assertThat(f.broken(() -> vma.modifyFlags(f.kernel, f.monitors, f.task, VmFlags.MAYWRITE, 0)))
                .containsExactly(Invariant.I08);
        f.platform.vmaLocks().mmapWriteUnlock(f.task, f.mm);
    }

    @Test
    void beforeTheSeriesInsertPageFires() {
        CheckFixture before = new CheckFixture(KernelConfig.of(Series.BEFORE));
        Vma vma = before.vma(CheckFixture.SHARED | VmFlags.MIXEDMAP, null);
        vma.setOps(before.kernel, VmOperations.DUMMY);
        assertThat(before.broken(() -> {
                    before.kernel.downRead(before.task, before.mm.mmapLock());
                    before.manager.insertPage().vmInsertPage(before.task, vma, CheckFixture.START, before.zero);
                    before.kernel.upRead(before.task, before.mm.mmapLock());
                }))
                .containsExactlyInAnyOrder(
                        Invariant.I01, Invariant.I02, Invariant.I04, Invariant.I05, Invariant.I07, Invariant.I08);
    }

    @Test
    void afterTheSeriesInsertPageRefuses() {
        Vma vma = f.vma(CheckFixture.SHARED | VmFlags.MIXEDMAP, null);
        vma.setOps(f.kernel, VmOperations.DUMMY);
        assertThat(f.broken(() -> {
                    f.kernel.downRead(f.task, f.mm.mmapLock());
                    f.manager.insertPage().vmInsertPage(f.task, vma, CheckFixture.START, f.zero);
                    f.kernel.upRead(f.task, f.mm.mmapLock());
                }))
                .isEmpty();
    }
}
