package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SeqCount;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Word;

/** {@code struct mm_struct}: one address space. */
public final class Mm {
    private final long id;
    final PageTable pgd;
    final VmaTree tree;
    final RwSem mmapLock;
    final SpinLock pageTableLock;
    final Word mmLockSeq = new Word();
    final SeqCount writeProtectSeq = new SeqCount();
    final Word hasPinned = new Word();
    final Word forbidsZeropage = new Word();
    final Word tlbFlushPending = new Word();
    final Word tlbFlushBatched = new Word();
    final Word cpumask = new Word();
    final Word vmaIds = new Word();
    final AnonVma anonVma;
    final Word mmCount = new Word(1);
    final Word vmaWriterWait = new Word();
    private final RssStat rss;
    private final Ghost revocations = new Ghost();
    private final Ghost cowSharingDisabled = new Ghost();
    private final Ghost freed = new Ghost();

    Mm(Kernel kernel, long id, PageTable pgd, @Nullable Mm parent) {
        this.id = id;
        this.pgd = pgd;
        this.anonVma = parent == null ? new AnonVma(kernel, id) : parent.anonVma;
        this.tree = new VmaTree(kernel);
        this.mmapLock = new RwSem(LockClass.MMAP, "mmap_lock:mm" + id);
        this.pageTableLock = new SpinLock(LockClass.PAGE_TABLE, "page_table_lock:mm" + id);
        this.rss = new RssStat(kernel);
    }

    /** Tells the names of its cells, without those of its VMAs and page tables. */
    void nameCells(CellNames names) {
        tree.nameCells(names, this);
        rss.nameCells(names, this);
        anonVma.nameCells(names);
        names.word(mmLockSeq, () -> "mm_lock_seq " + this);
        names.sequence(writeProtectSeq, () -> "write_protect_seq " + this);
        names.word(hasPinned, () -> "has_pinned " + this);
        names.word(forbidsZeropage, () -> "forbids_zeropage " + this);
        names.word(tlbFlushPending, () -> "tlb_flush_pending " + this);
        names.word(tlbFlushBatched, () -> "tlb_flush_batched " + this);
        names.word(cpumask, () -> "cpumask " + this);
        names.word(vmaIds, () -> "vma ids " + this);
        names.word(mmCount, () -> "mm_count " + this);
        names.word(vmaWriterWait, () -> "vma_writer_wait " + this);
    }

    /** The address spaces that share anonymous pages with it by fork, itself included. */
    public List<Mm> family() {
        List<Mm> family = new ArrayList<>(anonVma.mms());
        if (!family.contains(this)) {
            family.add(this);
        }
        return family;
    }

    /** Unique among the address spaces of its machine; never reused. */
    public long id() {
        return id;
    }

    /** Its VMAs. */
    public VmaTree tree() {
        return tree;
    }

    /** Its resident-set counters. */
    public RssStat rss() {
        return rss;
    }

    /** Its mmap_lock. */
    public RwSem mmapLock() {
        return mmapLock;
    }

    /** {@code allow_cow_sharing == 0} of s390x: whether the mm forbids the zeropage. */
    public void setForbidsZeropage(Kernel kernel, boolean value) {
        kernel.writeOnce(forbidsZeropage, value ? 1 : 0);
    }

    /** Ghost: 1 once disabling COW sharing has succeeded. */
    public Ghost cowSharingDisabled() {
        return cowSharingDisabled;
    }

    /** {@code mm_tlb_flush_pending()}: how many gathers have cleared or restricted entries and not yet flushed. */
    public long tlbFlushPending(Kernel kernel) {
        return kernel.readOnce(tlbFlushPending);
    }

    /** Ghost: how many operations that revoke rights have begun; TLB entries remember it from when they were filled. */
    public Ghost revocations() {
        return revocations;
    }

    /** Ghost: 1 once its {@code mm_struct} is free for reuse. */
    public Ghost freed() {
        return freed;
    }

    @Override
    public String toString() {
        return "mm" + id;
    }
}
