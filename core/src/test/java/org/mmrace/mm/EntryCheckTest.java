package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.RW;
import static org.mmrace.mm.CheckFixture.START;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I19, I24, I29, I30, I36: entries, their tables and the locks that protect them. */
class EntryCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Vma vma = f.vma(CheckFixture.PRIVATE, null);
    private final Page page = f.page(PageKind.ANON);
    private final PageTable table = f.table();

    private void install(Vma target, long addr) {
        f.platform.tables().install(f.task, target, table, addr, Pte.make(page.pfn(), RO), true);
    }

    @Test
    void i19WritableSharedFires() {
        f.platform.folios().set(page, Page.ANON);
        assertThat(f.broken(() -> f.map(vma, page, RO))).isEmpty();
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), RW)))).containsExactly(Invariant.I19);
        f.platform.folios().set(page, Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), RW)))).isEmpty();
    }

    @Test
    void i19WritableOnceExclusiveIsLegal() {
        f.platform.folios().set(page, Page.ANON);
        assertThat(f.broken(() -> f.map(vma, page, RO))).isEmpty();
        f.platform.folios().set(page, Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), RW)))).isEmpty();
    }

    @Test
    void i24WritableWithoutVmWriteFires() {
        f.platform.folios().set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        Vma readOnly = f.detachedVma(CheckFixture.PRIVATE & ~VmFlags.WRITE, null);
        assertThat(f.broken(() -> f.map(readOnly, page, RW))).containsExactly(Invariant.I24);
        Vma pfnmap = f.detachedVma(CheckFixture.NEVER_WRITABLE | VmFlags.PFNMAP, null);
        assertThat(f.broken(() -> f.set(pfnmap, Pte.make(page.pfn(), RW)))).isEmpty();
    }

    @Test
    void i24WritableFilePageInPrivateMappingFires() {
        assertThat(f.broken(() -> f.map(vma, page, RO))).isEmpty();
        assertThat(f.broken(() -> f.set(vma, Pte.make(page.pfn(), RW)))).containsExactly(Invariant.I24);
        Vma shared = f.detachedVma(CheckFixture.SHARED, null);
        assertThat(f.broken(() -> f.set(shared, Pte.make(page.pfn(), RW)))).isEmpty();
    }

    @Test
    void i24WritableAnonPageInPrivateMappingIsLegal() {
        f.platform.folios().set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.map(vma, page, RW))).isEmpty();
    }

    @Test
    void i29StoreUnderHugeEntryFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        Page page = f.page(PageKind.DEVMAP);
        long entry = Pte.mkdevmap(Pte.make(page.pfn(), CheckFixture.RO));
        f.install(vma, entry, false);
        PageTable table = f.table();
        table.huge().set(1);
        assertThat(f.broken(() -> f.set(vma, Pte.mkyoung(Pte.mkdirty(entry))))).containsExactly(Invariant.I29);
        assertThat(f.broken(() ->
                        f.locked(() -> f.platform.tables().ptepGetAndClear(f.task, vma, table, CheckFixture.START))))
                .as("clearing splits it")
                .isEmpty();
        assertThat(f.broken(() -> f.install(vma, entry, false))).isEmpty();
    }

    @Test
    void i37MarkedMigrationEntryFires() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.set(vma, Pte.migration(40, true)))).isEmpty();
        assertThat(f.broken(() -> f.set(vma, Pte.mkdirty(Pte.mkyoung(Pte.migration(40, true))))))
                .containsExactly(Invariant.I37);
    }

    @Test
    void i37UnmarkedMigrationEntryIsLegal() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        assertThat(f.broken(() -> f.set(vma, Pte.migration(40, true)))).isEmpty();
        assertThat(f.broken(() -> f.set(vma, Pte.migration(40, false)))).isEmpty();
    }

    @Test
    void i29StoreToFreedTableFires() {
        table.freed().set(1);
        assertThat(f.broken(() -> f.install(vma, Pte.make(page.pfn(), RO), true)))
                .containsExactly(Invariant.I29);
        table.freed().set(0);
        assertThat(f.broken(() -> f.set(vma, Pte.NONE))).isEmpty();
    }

    @Test
    void i29FreeingFullTableFires() {
        f.install(vma, Pte.make(page.pfn(), RO), true);
        assertThat(f.broken(() -> f.monitors.tableFreeing(f.task, table))).containsExactly(Invariant.I29);
        f.set(vma, Pte.NONE);
        assertThat(f.broken(() -> f.monitors.tableFreeing(f.task, table))).isEmpty();
    }

    @Test
    void i29FreeingTwiceFires() {
        table.freed().set(1);
        assertThat(f.broken(() -> f.monitors.tableFreeing(f.task, table))).containsExactly(Invariant.I29);
    }

    @Test
    void i29WalkingFreedTableFires() {
        assertThat(f.broken(() -> f.monitors.tableWalked(f.task, table))).isEmpty();
        table.freed().set(1);
        assertThat(f.broken(() -> f.monitors.tableWalked(f.task, table))).containsExactly(Invariant.I29);
    }

    @Test
    void i30WithoutPtlFires() {
        f.kernel.downRead(f.task, f.mm.mmapLock());
        assertThat(f.broken(() -> install(vma, START))).containsExactly(Invariant.I30);
        f.kernel.upRead(f.task, f.mm.mmapLock());
    }

    @Test
    void i30UnderIMmapInstallFiresAndClearIsLegal() {
        AddressSpace file = f.file(AddressSpace.Kind.SHMEM);
        f.kernel.downRead(f.task, file.iMmapRwsem());
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> install(vma, START))).containsExactly(Invariant.I30);
        assertThat(f.broken(() -> f.platform.tables().ptepGetAndClear(f.task, vma, table, START)))
                .isEmpty();
        f.kernel.spinUnlock(f.task, table.ptl());
        f.kernel.upRead(f.task, file.iMmapRwsem());
    }

    @Test
    void i30ClearWithoutAnyLockFires() {
        f.install(vma, Pte.make(page.pfn(), RO), true);
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> f.platform.tables().ptepGetAndClear(f.task, vma, table, START)))
                .containsExactly(Invariant.I30);
        f.kernel.spinUnlock(f.task, table.ptl());
    }

    @Test
    void i30UnderVmaLockIsLegal() {
        Vma locked = f.platform.vmaLocks().lockVmaUnderRcu(f.task, f.mm, START);
        assertThat(locked).isSameAs(vma);
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> install(vma, START))).isEmpty();
        f.kernel.spinUnlock(f.task, table.ptl());
        f.platform.vmaLocks().endRead(f.task, vma);
    }

    @Test
    void i30UnderOtherMmFires() {
        Mm otherMm = f.newMm();
        f.kernel.downRead(f.task, otherMm.mmapLock());
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> install(vma, START))).containsExactly(Invariant.I30);
        f.kernel.spinUnlock(f.task, table.ptl());
        f.kernel.upRead(f.task, otherMm.mmapLock());
    }

    @Test
    void i30OutsideFires() {
        f.locked(() -> assertThat(f.broken(() -> install(vma, START + 4 * CheckFixture.PAGE)))
                .containsExactly(Invariant.I30));
        f.locked(() -> assertThat(f.broken(() -> install(vma, START + 3 * CheckFixture.PAGE)))
                .isEmpty());
    }

    @Test
    void i30DetachedFires() {
        f.mm.tree().replace(List.of(vma), List.of());
        f.kernel.writeOnce(vma.detached, 1);
        f.locked(() -> assertThat(f.broken(() -> install(vma, START))).containsExactly(Invariant.I30));
    }

    @Test
    void i30InTheMmapHookIsLegal() {
        Vma notYet = f.detachedVma(CheckFixture.SHARED, null);
        f.platform.vmaLocks().mmapWriteLock(f.task, f.mm);
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> install(notYet, START))).isEmpty();
        f.kernel.spinUnlock(f.task, table.ptl());
        f.platform.vmaLocks().mmapWriteUnlock(f.task, f.mm);
    }

    @Test
    void i30FreedVmaFires() {
        vma.freed().set(1);
        assertThat(f.broken(() -> f.install(vma, Pte.make(page.pfn(), RO), true)))
                .containsExactly(Invariant.I30);
    }

    @Test
    void i36ClassifiedOtherwiseFires() {
        f.install(vma, Pte.make(page.pfn(), RO), true);
        long pte = Pte.make(page.pfn(), RO);
        assertThat(f.broken(() -> f.platform.tables().removed(f.task, vma, table, START, pte, true)))
                .isEmpty();
        assertThat(f.broken(() -> f.platform.tables().removed(f.task, vma, table, START, pte, false)))
                .containsExactly(Invariant.I36);
    }

    @Test
    void i36ClassifiedAlikeIsLegal() {
        for (boolean counted : new boolean[] {true, false}) {
            long pte = Pte.make(page.pfn(), RO);
            f.install(vma, pte, counted);
            assertThat(f.broken(() -> f.platform.tables().removed(f.task, vma, table, START, pte, counted)))
                    .isEmpty();
            f.set(vma, Pte.NONE);
        }
    }
}
