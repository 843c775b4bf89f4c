package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PAGE;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.RW;
import static org.mmrace.mm.CheckFixture.START;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;

/** I13, I23, I26, I33, I37: what operations say when they return. */
class RevocationCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Tlb tlb = f.platform.tlbs().get(1);

    private List<Invariant> revoked(long since, boolean writeOnly) {
        return f.broken(() -> f.monitors.revoked(f.task, f.mm, START, START + 2 * PAGE, since, writeOnly));
    }

    @Test
    void i13RssLeftFires() {
        assertThat(f.broken(() -> f.monitors.mmGone(f.task, f.mm))).isEmpty();
        f.mm.rss().add(RssStat.Counter.FILE, 1);
        assertThat(f.broken(() -> f.monitors.mmGone(f.task, f.mm))).containsExactly(Invariant.I13);
    }

    @Test
    void i13TeardownOfResidentPagesIsLegal() {
        long prot = VmFlags.READ | VmFlags.WRITE;
        f.manager.mmap().mmapAt(f.task, f.mm, START, 2 * PAGE, Mmap.Request.anonymous(prot));
        f.manager.userAccess().store(f.task, f.mm, START, 1);
        assertThat(f.mm.rss().get(RssStat.Counter.ANON)).isEqualTo(1);
        assertThat(f.broken(() -> f.manager.munmap().exitMmap(f.task, f.mm))).isEmpty();
    }

    @Test
    void i23CopyUnderWritableTlbFires() {
        tlb.fill(f.mm, START, Pte.make(30, RW));
        assertThat(f.broken(() -> f.monitors.copying(f.task, f.mm, START, 30))).containsExactly(Invariant.I23);
        assertThat(f.broken(() -> f.monitors.copying(f.task, f.mm, START, 31))).isEmpty();
        assertThat(f.broken(() -> f.monitors.copying(f.task, f.mm, START + PAGE, 30)))
                .isEmpty();
        tlb.fill(f.mm, START, Pte.make(30, RO));
        assertThat(f.broken(() -> f.monitors.copying(f.task, f.mm, START, 30))).isEmpty();
    }

    @Test
    void i23CopyUnderReadOnlyTlbIsLegal() {
        tlb.fill(f.mm, START, Pte.make(30, RO));
        tlb.fill(f.mm, START + PAGE, Pte.make(30, RW));
        assertThat(f.broken(() -> f.monitors.copying(f.task, f.mm, START, 30))).isEmpty();
    }

    @Test
    void i26StaleEntryFires() {
        tlb.fill(f.mm, START + PAGE, Pte.make(30, RO));
        long since = f.mm.revocations().add(1);
        assertThat(revoked(since, false)).containsExactly(Invariant.I26);
        tlb.invalidate(f.mm, START, START + 2 * PAGE);
        assertThat(revoked(since, false)).isEmpty();
    }

    @Test
    void i26EntryFilledMeanwhileIsLegal() {
        long since = f.mm.revocations().add(1);
        tlb.fill(f.mm, START, Pte.make(30, RW));
        assertThat(revoked(since, false)).isEmpty();
    }

    @Test
    void i26OnlyTheRightToWrite() {
        tlb.fill(f.mm, START, Pte.make(30, RO));
        long since = f.mm.revocations().add(1);
        assertThat(revoked(since, true)).isEmpty();
        tlb.fill(f.mm, START, Pte.make(30, RW));
        assertThat(revoked(f.mm.revocations().add(1), true)).containsExactly(Invariant.I26);
    }

    @Test
    void i26OtherRangeAndOtherMmAreLegal() {
        tlb.fill(f.mm, START + 2 * PAGE, Pte.make(30, RW));
        tlb.fill(f.newMm(), START, Pte.make(30, RW));
        assertThat(revoked(f.mm.revocations().add(1), false)).isEmpty();
    }

    @Test
    void i33WrongNumFires() {
        assertThat(f.broken(() -> f.monitors.batchReturns(f.task, 8, 3, 5))).isEmpty();
        assertThat(f.broken(() -> f.monitors.batchReturns(f.task, 8, 4, 5))).containsExactly(Invariant.I33);
    }

    @Test
    void i33StoppedByAMappedPageIsLegal() {
        Vma vma = f.vma(CheckFixture.SHARED | VmFlags.MIXEDMAP, null);
        List<Page> pages =
                Stream.generate(() -> f.page(PageKind.DRIVER)).limit(4).toList();
        LocalLong num = new LocalLong(4);
        f.kernel.downRead(f.task, f.mm.mmapLock());
        assertThat(f.manager.insertPage().vmInsertPage(f.task, vma, START + 2 * PAGE, pages.get(3)))
                .isZero();
        assertThat(f.broken(() -> assertThat(f.manager.insertPage().vmInsertPages(f.task, vma, START, pages, num))
                        .isEqualTo(-Errno.EBUSY)))
                .isEmpty();
        f.kernel.upRead(f.task, f.mm.mmapLock());
        assertThat(num.get()).isEqualTo(2);
        assertThat(f.broken(() -> f.monitors.batchReturns(f.task, 4, 1, 2))).containsExactly(Invariant.I33);
    }

    @Test
    void i37ComplaintsFire() {
        assertThat(f.broken(() -> f.kernel.log().warn(f.task, "insert_pfn", "x")))
                .containsExactly(Invariant.I37);
        assertThat(f.broken(() -> f.kernel.log().bug(f.task, "insert_pfn", "x")))
                .containsExactly(Invariant.I37);
        assertThat(f.broken(() -> f.kernel.log().badPte(f.task, Pte.make(30, RO), START)))
                .containsExactly(Invariant.I37);
    }

    @Test
    void i37RefusingTheZeropageWithoutAWarningIsLegal() {
        Vma vma = f.vma(CheckFixture.PRIVATE, null);
        Page page = f.page(PageKind.DRIVER);
        f.install(vma, Pte.make(Memory.ZERO_PFN, RO | Pte.SPECIAL), false);
        assertThat(f.broken(() -> insertForWriting(vma, page))).isEmpty();
        f.set(vma, Pte.NONE);
        f.map(vma, f.page(PageKind.DRIVER), RO);
        assertThat(f.broken(() -> insertForWriting(vma, page)))
                .as("any other frame is worth a warning")
                .containsExactly(Invariant.I37);
    }

    private void insertForWriting(Vma vma, Page page) {
        f.kernel.downRead(f.task, f.mm.mmapLock());
        int result = f.manager.insertPage().insertPage(f.task, vma, START, page, vma.pageProt(f.kernel), true);
        f.kernel.upRead(f.task, f.mm.mmapLock());
        assertThat(result).isEqualTo(-Errno.EFAULT);
    }
}
