package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PAGE;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.RW;
import static org.mmrace.mm.CheckFixture.START;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I25 and I29: what TLBs have, and who owes a flush for it. */
class FlushCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Tlb tlb = f.platform.tlbs().get(1);
    private final Vma vma = f.vma(CheckFixture.SHARED, null);
    private final long before = Pte.make(30, RW);

    private void install() {
        f.install(vma, Pte.make(30, RW | Pte.SPECIAL), false);
        tlb.fill(f.mm, START, before);
    }

    private List<Invariant> hit() {
        return f.broken(() -> f.monitors.tlbHit(f.other, f.mm, START, before));
    }

    private List<Invariant> done() {
        return f.broken(() -> f.monitors.flushesDone(f.task));
    }

    private void flush() {
        tlb.invalidate(f.mm, START, START + PAGE);
        f.monitors.flushed(f.task, f.mm, START, START + PAGE);
    }

    @Test
    void i25ForgottenFlushFires() {
        install();
        f.set(vma, Pte.make(30, RO | Pte.SPECIAL));
        assertThat(done()).containsExactly(Invariant.I25);
    }

    @Test
    void i25FlushInTimeIsLegal() {
        install();
        f.set(vma, Pte.make(30, RO | Pte.SPECIAL));
        flush();
        assertThat(done()).isEmpty();
    }

    @Test
    void i25FlushOfAnotherRangeFires() {
        install();
        f.set(vma, Pte.NONE);
        f.monitors.flushed(f.task, f.mm, START + PAGE, START + 2 * PAGE);
        assertThat(done()).containsExactly(Invariant.I25);
    }

    @Test
    void i25FlushByAnotherTaskPaysNothing() {
        install();
        f.set(vma, Pte.NONE);
        f.monitors.flushed(f.other, f.mm, START, START + PAGE);
        assertThat(done()).containsExactly(Invariant.I25);
    }

    @Test
    void i25MoreRightsNeedNoFlush() {
        f.install(vma, Pte.make(30, RO | Pte.SPECIAL), false);
        tlb.fill(f.mm, START, Pte.make(30, RO));
        f.set(vma, Pte.make(30, RW | Pte.SPECIAL));
        assertThat(done()).isEmpty();
    }

    @Test
    void i25EmptyForAMomentOnlyIsLegal() {
        install();
        PageTable table = f.table();
        f.locked(() -> {
            long pte = f.platform.tables().ptepGetAndClear(f.task, vma, table, START);
            assertThat(hit()).isEmpty();
            f.platform.tables().setPteAt(f.task, vma, table, START, pte);
        });
        assertThat(done()).isEmpty();
        assertThat(hit()).isEmpty();
    }

    @Test
    void i25WhatAnotherTaskHasPutBackSinceIsLegal() {
        install();
        f.set(vma, Pte.NONE);
        PageTable table = f.table();
        f.broken(() -> f.platform.tables().setPteAt(f.other, vma, table, START, Pte.make(30, RW | Pte.SPECIAL)));
        f.monitors.flushed(f.other, f.mm, START, START + PAGE);
        assertThat(done()).isEmpty();
    }

    @Test
    void i25UseWithoutDebtFires() {
        install();
        assertThat(hit()).isEmpty();
        f.set(vma, Pte.make(31, RW | Pte.SPECIAL));
        assertThat(hit()).isEmpty();
        f.monitors.flushed(f.task, f.mm, START, START + PAGE);
        assertThat(hit()).containsExactly(Invariant.I25);
    }

    @Test
    void i29TableOfACachedEntryFires() {
        install();
        PageTable table = f.table();
        long since = f.mm.revocations().add(1);
        assertThat(f.broken(() -> f.monitors.tableUnused(f.task, f.mm, table, START, START + PAGE, since)))
                .containsExactly(Invariant.I29);
        tlb.invalidate(f.mm, START, START + PAGE);
        assertThat(f.broken(() -> f.monitors.tableUnused(f.task, f.mm, table, START, START + PAGE, since)))
                .isEmpty();
    }

    @Test
    void i29EntryFromTheNextTableIsLegal() {
        install();
        PageTable table = f.table();
        tlb.invalidate(f.mm, START, START + PAGE);
        long since = f.mm.revocations().add(1);
        tlb.fill(f.mm, START, before);
        assertThat(f.broken(() -> f.monitors.tableUnused(f.task, f.mm, table, START, START + PAGE, since)))
                .isEmpty();
    }

    @Test
    void i25CleanerFlushes() {
        AddressSpace file = f.file(AddressSpace.Kind.PAGE_CACHE);
        Vma mapped = f.vma(CheckFixture.SHARED, CheckFixture.open(file));
        file.link(f.task, mapped);
        Page page = f.page(PageKind.FILE);
        f.kernel.rcuAssignPointer(page.mapping, file);
        f.map(mapped, page, RW);
        tlb.fill(f.mm, START, Pte.make(page.pfn(), RW));
        f.kernel.writeOnce(f.mm.cpumask, 2);
        TlbFlush tlbFlush = new TlbFlush(f.platform);
        PageClean cleaner = new PageClean(f.platform, tlbFlush, new RmapWalk(f.platform));
        assertThat(f.broken(() -> {
                    f.platform.folios().lock(f.task, page);
                    assertThat(cleaner.folioMkclean(f.task, page)).isEqualTo(1);
                    f.platform.folios().unlock(f.task, page);
                }))
                .isEmpty();
        PageTable table = Objects.requireNonNull(f.platform.tables().pteTable(f.mm, START));
        assertThat(Pte.isWritable(f.platform.tables().ptepGet(table, START))).isFalse();
        assertThat(tlb.mapsFrame(page.pfn())).isFalse();
    }
}
