package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PAGE;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.kernel.LocalLong;

/** The recount at rest: one cell bent, one invariant found. */
class AuditCheckTest {
    private static final long PROT = VmFlags.READ | VmFlags.WRITE;
    private static final long SECOND = START + PAGE;

    private final CheckFixture f = new CheckFixture();
    private final Folios folios = f.platform.folios();
    private final Page page;

    /** A private page that was written, and beside it a zeropage that was read. */
    AuditCheckTest() {
        f.manager.mmap().mmapAt(f.task, f.mm, START, 4 * PAGE, Mmap.Request.anonymous(PROT));
        f.manager.userAccess().store(f.task, f.mm, START, 1);
        f.manager.userAccess().load(f.task, f.mm, SECOND, new LocalLong(0));
        page = Objects.requireNonNull(f.platform.memory().page(Pte.pfn(entry(START))));
    }

    private long entry(long addr) {
        return f.platform.tables().ptepGet(f.table(), addr);
    }

    private void bend(long addr, long pte) {
        f.kernel.writeOnce(f.table().entries, f.platform.tables().pteIndex(addr), pte);
    }

    private Vma vma() {
        return Objects.requireNonNull(f.mm.tree().lookup(START));
    }

    @Test
    void healthyMachineIsClean() {
        assertThat(f.audited()).isEmpty();
        assertThat(f.violations).isEmpty();
    }

    @Test
    void getsAndPinsOutAreLegal() {
        List<Page> got = new ArrayList<>();
        f.manager.gup().getUserPages(f.task, f.mm, START, 2, GupFlags.GET, got);
        f.manager.gup().getUserPages(f.task, f.mm, START, 1, GupFlags.PIN | GupFlags.LONGTERM, got);
        assertThat(got).hasSize(3);
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void afterMunmapIsClean() {
        f.manager.munmap().munmap(f.task, f.mm, START, 4 * PAGE);
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void i01() {
        f.kernel.refAdd(f.zero.ref, 1);
        assertThat(f.audited()).containsExactly(Invariant.I01);
        f.zero.refs(RefKind.GET).add(1);
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void i02() {
        f.kernel.addReturn(f.zero.mapcount, 1);
        assertThat(f.audited()).containsExactly(Invariant.I02);
    }

    @Test
    void i03() {
        f.platform.memory().setContents(f.task, Memory.ZERO_PFN, 5);
        assertThat(f.audited()).containsExactly(Invariant.I03);
    }

    @Test
    void i04() {
        bend(SECOND, entry(SECOND) | Pte.RW);
        assertThat(f.audited()).containsExactly(Invariant.I04);
    }

    @Test
    void i05() {
        bend(SECOND, entry(SECOND) & ~Pte.SPECIAL);
        assertThat(f.audited()).containsExactly(Invariant.I05);
    }

    @Test
    void i06() {
        bend(SECOND, entry(SECOND) | Pte.DIRTY);
        assertThat(f.audited()).containsExactly(Invariant.I06);
    }

    @Test
    void i07() {
        f.table().counted().set(f.platform.tables().pteIndex(SECOND), 1);
        assertThat(f.audited()).containsExactly(Invariant.I07);
    }

    @Test
    void i08() {
        Vma vma = vma();
        f.kernel.writeOnce(vma.flags, vma.flags(f.kernel) | VmFlags.SHARED);
        assertThat(f.audited()).containsExactly(Invariant.I08);
    }

    @Test
    void i10CountFires() {
        f.kernel.refAdd(page.ref, 1);
        assertThat(f.audited()).containsExactly(Invariant.I10);
        page.refs(RefKind.GET).add(1);
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void i10TransientFires() {
        folios.get(f.task, page, RefKind.TRANSIENT);
        assertThat(f.audited()).containsExactly(Invariant.I10);
    }

    @Test
    void i10MappingsFire() {
        folios.get(f.task, page, RefKind.MAP);
        assertThat(f.audited()).containsExactly(Invariant.I10);
    }

    @Test
    void i11() {
        f.kernel.addReturn(page.mapcount, 1);
        assertThat(f.audited()).containsExactly(Invariant.I11);
    }

    @Test
    void i12() {
        f.mm.rss().add(RssStat.Counter.SHMEM, 1);
        assertThat(f.audited()).containsExactly(Invariant.I12);
    }

    @Test
    void i12CountedEntryOfTheKindIsLegal() {
        AddressSpace file = f.file(AddressSpace.Kind.SHMEM);
        OpenFile open = new OpenFile(file, true, f.manager.files().operations(file));
        f.manager.mmap().mmapAt(f.task, f.mm, START + 8 * PAGE, PAGE, new Mmap.Request(open, true, PROT, 0));
        f.manager.userAccess().store(f.task, f.mm, START + 8 * PAGE, 1);
        assertThat(f.mm.rss().get(RssStat.Counter.SHMEM)).isEqualTo(1);
        assertThat(f.audited(file)).isEmpty();
    }

    @Test
    void i14() {
        page.freed().set(1);
        assertThat(f.audited()).containsExactly(Invariant.I14);
    }

    @Test
    void i19() {
        folios.clear(page, Page.ANON_EXCLUSIVE);
        assertThat(f.audited()).containsExactly(Invariant.I19);
    }

    @Test
    void entryLostFires() {
        f.install(vma(), Pte.NONE, false);
        assertThat(f.audited()).contains(Invariant.I10, Invariant.I11, Invariant.I12);
    }

    @Test
    void i18() {
        bend(SECOND, entry(START) & ~Pte.RW);
        f.table().counted().set(f.platform.tables().pteIndex(SECOND), 1);
        f.platform.tlbs().get(0).invalidate(f.mm, SECOND, SECOND + PAGE);
        folios.get(f.task, page, RefKind.MAP);
        f.kernel.addReturn(page.mapcount, 1);
        f.mm.rss().add(RssStat.Counter.ANON, 1);
        assertThat(f.audited()).containsExactly(Invariant.I18);
    }

    @Test
    void i20() {
        List<Page> got = new ArrayList<>();
        f.manager.gup().getUserPages(f.task, f.mm, START, 1, GupFlags.PIN, got);
        bend(START, entry(START) & ~Pte.RW);
        f.platform.tlbs().get(0).invalidate(f.mm, START, START + PAGE);
        assertThat(f.audited()).isEmpty();
        folios.clear(page, Page.ANON_EXCLUSIVE);
        assertThat(f.audited()).containsExactly(Invariant.I20);
    }

    @Test
    void i24() {
        Vma vma = vma();
        f.kernel.writeOnce(vma.flags, vma.flags(f.kernel) & ~VmFlags.WRITE);
        assertThat(f.audited()).containsExactly(Invariant.I24);
    }

    @Test
    void i25MorePermissiveFires() {
        bend(START, entry(START) & ~Pte.RW);
        assertThat(f.audited()).containsExactly(Invariant.I25);
    }

    @Test
    void i25MoreRestrictiveIsLegal() {
        f.platform.tlbs().get(1).fill(f.mm, START, entry(START) & ~Pte.RW);
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void i25OtherFrameFires() {
        f.platform.tlbs().get(1).fill(f.mm, START, Pte.make(40, RO));
        assertThat(f.audited()).containsExactly(Invariant.I25);
    }

    @Test
    void i25PendingFlushFires() {
        f.kernel.addReturn(f.mm.tlbFlushPending, 1);
        assertThat(f.audited()).containsExactly(Invariant.I25);
    }

    @Test
    void i27() {
        AddressSpace file = f.file(AddressSpace.Kind.FSDAX);
        OpenFile open = new OpenFile(file, true, f.manager.files().operations(file));
        long at = START + 8 * PAGE;
        f.manager.mmap().mmapAt(f.task, f.mm, at, PAGE, new Mmap.Request(open, true, PROT, 0));
        f.manager.userAccess().load(f.task, f.mm, at, new LocalLong(0));
        assertThat(f.audited(file)).isEmpty();
        f.kernel.writeOnce(file.iPages, 0, DaxEntries.ofPfn(40));
        assertThat(f.audited(file)).containsExactly(Invariant.I27);
    }

    @Test
    void i29LeakedTableFires() {
        assertThat(f.platform.tables().allocTable(f.task)).isNotNull();
        assertThat(f.audited()).containsExactly(Invariant.I29);
    }

    @Test
    void i29FreedTableFires() {
        f.table().freed().set(1);
        assertThat(f.audited()).containsExactly(Invariant.I29);
    }

    @Test
    void i30EntryOutsideVmasFires() {
        bend(START + 5 * PAGE, Pte.make(Memory.ZERO_PFN, RO | Pte.SPECIAL));
        assertThat(f.audited()).containsExactly(Invariant.I30);
    }

    @Test
    void i31ReaderLeftFires() {
        vma().readers().add(1);
        assertThat(f.audited()).containsExactly(Invariant.I31);
    }

    @Test
    void i32LockLeftFires() {
        f.kernel.downRead(f.other, f.mm.mmapLock());
        assertThat(f.audited()).containsExactly(Invariant.I32);
        f.kernel.upRead(f.other, f.mm.mmapLock());
        assertThat(f.audited()).isEmpty();
    }

    @Test
    void i32EntryLockLeftFires() {
        AddressSpace file = f.file(AddressSpace.Kind.FSDAX);
        assertThat(f.audited(file)).isEmpty();
        f.kernel.writeOnce(file.iPages, 3, DaxEntries.EMPTY | DaxEntries.LOCKED);
        assertThat(f.audited(file)).containsExactly(Invariant.I32);
    }

    @Test
    void i36CountedDeviceMemoryFires() {
        bend(SECOND, Pte.make(f.platform.memory().devicePfn(0), RO | Pte.SPECIAL));
        f.platform.tlbs().get(0).invalidate(f.mm, SECOND, SECOND + PAGE);
        assertThat(f.audited()).isEmpty();
        f.table().counted().set(f.platform.tables().pteIndex(SECOND), 1);
        assertThat(f.audited()).containsExactly(Invariant.I36);
    }
}
