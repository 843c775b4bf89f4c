package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.kernel.LockMode;

/** I27 and I28: FSDAX entries and blocks. */
class DaxCheckTest {
    private static final long Z = Pte.make(Memory.ZERO_PFN, RO | Pte.SPECIAL);

    private final CheckFixture f = new CheckFixture();
    private final AddressSpace file = f.file(AddressSpace.Kind.FSDAX);
    private final Vma vma = f.vma(CheckFixture.PRIVATE, CheckFixture.open(file));
    private final Page block = f.page(PageKind.DEVMAP);

    DaxCheckTest() {
        vma.setOps(f.kernel, f.manager.dax().operations(file));
        file.link(f.task, vma);
    }

    /** Maps the zeropage as a page fault does, in the order of its locks. */
    private void faultIn() {
        PageTable table = f.table();
        f.kernel.downRead(f.task, f.mm.mmapLock());
        f.kernel.lockMapAcquire(f.task, file.entryLock(0), LockMode.WRITE, false);
        f.kernel.spinLock(f.task, table.ptl());
        f.platform.tables().install(f.task, vma, table, CheckFixture.START, Z, false);
        f.kernel.spinUnlock(f.task, table.ptl());
        f.kernel.lockMapRelease(f.task, file.entryLock(0));
        f.kernel.upRead(f.task, f.mm.mmapLock());
    }

    private void entry(long value) {
        f.kernel.writeOnce(file.iPages, 0, value);
    }

    @Test
    void i27InstallWithoutEntryLockFires() {
        assertThat(f.broken(() -> f.install(vma, Z, false))).containsExactly(Invariant.I27);
    }

    @Test
    void i27InstallUnderEntryLockIsLegal() {
        entry(DaxEntries.ZERO | DaxEntries.LOCKED);
        assertThat(f.broken(this::faultIn)).isEmpty();
    }

    @Test
    void i27InstallOverPfnEntryFires() {
        entry(DaxEntries.ofPfn(block.pfn()) | DaxEntries.LOCKED);
        assertThat(f.broken(this::faultIn)).containsExactly(Invariant.I27);
    }

    @Test
    void i27UnlockWithZeropageMappedFires() {
        faultIn();
        long pfn = DaxEntries.ofPfn(block.pfn());
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 0, pfn)))
                .containsExactly(Invariant.I27);
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 0, DaxEntries.ZERO)))
                .isEmpty();
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 1, pfn)))
                .isEmpty();
        f.set(vma, Pte.NONE);
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 0, pfn)))
                .isEmpty();
        assertThat(f.task.held().size()).isZero();
    }

    @Test
    void i27BetweenDeletingAndUnmappingIsLegal() {
        faultIn();
        long pfn = DaxEntries.ofPfn(block.pfn());
        file.invalidations().set(0, 1);
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 0, pfn)))
                .isEmpty();
        file.invalidations().set(0, 0);
        file.invalidations().set(1, 1);
        f.kernel.downWrite(f.other, file.inodeLock);
        assertThat(f.broken(() -> f.monitors.daxEntryUnlocking(f.task, file, 0, pfn)))
                .as("what write(2) does to another page does not matter")
                .containsExactly(Invariant.I27);
        f.kernel.upWrite(f.other, file.inodeLock);
    }

    @Test
    void i27FilledHoleWithZeropageMappedFires() {
        faultIn();
        assertThat(f.broken(() -> f.monitors.holeFilled(f.task, file, 1))).isEmpty();
        assertThat(f.broken(() -> f.monitors.holeFilled(f.task, file, 0))).containsExactly(Invariant.I27);
        f.set(vma, Pte.NONE);
        assertThat(f.broken(() -> f.monitors.holeFilled(f.task, file, 0))).isEmpty();
    }

    @Test
    void i28MappedBlockFires() {
        f.kernel.writeOnce(file.blocks, 0, block.pfn() << 1);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
        f.install(vma, Pte.make(block.pfn(), RO | Pte.SPECIAL | Pte.DEVMAP), false);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).containsExactly(Invariant.I28);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 1, 7))).isEmpty();
        f.set(vma, Pte.NONE);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
    }

    @Test
    void i28FreeingABlockThatIsMappedNoMoreIsLegal() {
        f.kernel.writeOnce(file.blocks, 0, block.pfn() << 1);
        f.install(vma, Pte.make(block.pfn(), RO | Pte.SPECIAL | Pte.DEVMAP), false);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 1, 7)))
                .as("the blocks beside it")
                .isEmpty();
        f.set(vma, Pte.NONE);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
    }

    @Test
    void i28FreeingABlockThatWasGivenBackIsLegal() {
        f.kernel.writeOnce(file.blocks, 0, block.pfn() << 1);
        f.monitors.gupReturns(f.task, f.mm, null, CheckFixture.START, GupFlags.PIN, block);
        f.monitors.gupReleases(f.task, block, GupFlags.PIN);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
    }

    @Test
    void i28HeldBlockFires() {
        f.kernel.writeOnce(file.blocks, 0, block.pfn() << 1);
        block.refs(RefKind.PIN).add(1); // GUP-fast may be about to give back what it grabbed
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
        f.monitors.gupReturns(f.task, f.mm, null, CheckFixture.START, GupFlags.PIN, block);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).containsExactly(Invariant.I28);
        f.monitors.gupReleases(f.task, block, GupFlags.PIN);
        assertThat(f.broken(() -> f.monitors.blocksFreeing(f.task, file, 0, 8))).isEmpty();
    }
}
