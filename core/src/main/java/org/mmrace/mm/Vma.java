package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/**
 * {@code struct vm_area_struct}: one mapping of a process. Fields change under mmap_lock and the VMA's own write lock.
 */
public final class Vma implements Lockable {
    /** {@code VM_PAT} is clear: no frames are reserved for it. */
    static final long NOT_TRACKED = -1;

    private final Mm mm;
    private final long id;
    private final @Nullable OpenFile file;
    private final @Nullable VmaObject object;
    final Word start;
    final Word end;
    final Word pgoff;
    final Word flags;
    final Word pageProt;
    final RcuPointer<VmOperations> ops;
    final Word anonVma = new Word();
    final RwSem vmLock;
    final Word vmLockSeq = new Word(-1);
    final Word detached = new Word();
    /** {@code vm_userfaultfd_ctx}: 0 for none, else as {@link Userfaultfd} says. */
    final Word userfaultfdCtx = new Word();

    final Word patPfn = new Word(NOT_TRACKED);
    private final Ghost freed = new Ghost();
    private final Ghost readers = new Ghost();

    Vma(Mm mm, long id, @Nullable OpenFile file, long start, long end, long pgoff, long flags) {
        this(mm, id, file, null, start, end, pgoff, flags);
    }

    /** A VMA that is a life of {@code object}; null where VMAs are freed by RCU. */
    Vma(
            Mm mm,
            long id,
            @Nullable OpenFile file,
            @Nullable VmaObject object,
            long start,
            long end,
            long pgoff,
            long flags) {
        this.mm = mm;
        this.id = id;
        this.file = file;
        this.object = object;
        this.start = new Word(start);
        this.end = new Word(end);
        this.pgoff = new Word(pgoff);
        this.flags = new Word(flags);
        this.pageProt = new Word(VmFlags.pageProt(flags));
        this.ops = new RcuPointer<>(null);
        this.vmLock = new RwSem(LockClass.VMA_WRITE, "vma_lock:" + id);
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names) {
        names.word(start, () -> this + " vm_start", value -> "0x" + Long.toHexString(value));
        names.word(end, () -> this + " vm_end", value -> "0x" + Long.toHexString(value));
        names.word(pgoff, () -> this + " vm_pgoff");
        names.word(flags, () -> this + " flags", value -> "0x" + Long.toHexString(value));
        names.word(pageProt, () -> this + " vm_page_prot", value -> "0x" + Long.toHexString(value));
        names.pointer(ops, () -> this + " vm_ops");
        names.word(anonVma, () -> this + " anon_vma");
        names.word(vmLockSeq, () -> this + " vm_lock_seq");
        names.word(detached, () -> this + " detached");
        names.word(userfaultfdCtx, () -> this + " userfaultfd_ctx");
        names.word(patPfn, () -> this + " pat_pfn");
        if (object != null) {
            names.word(object.vmRefcnt, () -> this + " vm_refcnt", value -> "0x" + Long.toHexString(value));
            names.pointer(object.vma, () -> this + " object");
        }
    }

    /** The address space that it is part of. */
    public Mm mm() {
        return mm;
    }

    /** The file that it maps, null for private anonymous memory. */
    public @Nullable OpenFile file() {
        return file;
    }

    /** The slab object that it lives in, with reference-counted VMA locks; else null. */
    @Nullable
    VmaObject object() {
        return object;
    }

    /** {@code vma_mark_attached()}: it is about to be put into the tree. No step where VMAs are not counted. */
    void markAttached(Kernel kernel) {
        if (object != null) {
            kernel.storeRelease(object.vmRefcnt, 1);
        }
    }

    /** Its first byte. */
    public long start(Kernel kernel) {
        return kernel.readPlain(start);
    }

    /** The first byte behind it. */
    public long end(Kernel kernel) {
        return kernel.readPlain(end);
    }

    /** {@code vm_flags}, for those whom mmap_lock or the VMA lock keeps from a change. */
    public long flags(Kernel kernel) {
        return kernel.readPlain(flags);
    }

    /**
     * {@code vm_flags}, for those who may hold no more than a lock of the reverse map. The kernel reads them plainly
     * there too, in a data race with mprotect that does no harm: the bits that such walks look at do not change.
     */
    long flagsOnce(Kernel kernel) {
        return kernel.readOnce(flags);
    }

    /** {@code vm_page_prot}: the protection bits that new PTEs get. */
    public long pageProt(Kernel kernel) {
        return kernel.readOnce(pageProt);
    }

    /** {@code vm_pgoff}: the file page that its first page maps. */
    public long pgoff(Kernel kernel) {
        return kernel.readPlain(pgoff);
    }

    /** {@code linear_page_index()}: the file page that {@code addr} maps. */
    public long pgoffOf(Kernel kernel, long addr) {
        return kernel.readPlain(pgoff) + ((addr - kernel.readPlain(start)) >> Address.PAGE_SHIFT);
    }

    /** Whether {@code addr} is inside it. */
    public boolean contains(Kernel kernel, long addr) {
        return addr >= kernel.readPlain(start) && addr < kernel.readPlain(end);
    }

    /** {@code vm_ops}, null for anonymous memory. */
    public @Nullable VmOperations ops(Kernel kernel) {
        return kernel.rcuDereference(ops);
    }

    /** Driver's {@code vma->vm_ops = ...} in its mmap hook; mmap_lock held for writing. */
    public void setOps(Kernel kernel, VmOperations value) {
        kernel.rcuAssignPointer(ops, value);
    }

    /** {@code vm_flags_set()} and {@code vm_flags_clear()} of an mmap hook or driver; VMA write-locked. */
    public void modifyFlags(Kernel kernel, MmMonitor monitor, Task task, long set, long clear) {
        kernel.writeOnce(flags, (kernel.readPlain(flags) & ~clear) | set);
        monitor.vmaWritten(task, this, "vm_flags");
    }

    /** {@code vma_is_anonymous()}: no vm_ops. */
    public boolean isAnonymous(Kernel kernel) {
        return ops(kernel) == null;
    }

    /** {@code userfaultfd_missing()}. */
    boolean hasUffdMissing(Kernel kernel) {
        return (flags(kernel) & VmFlags.UFFD_MISSING) != 0;
    }

    /** {@code userfaultfd_wp()}. */
    boolean hasUffdWp(Kernel kernel) {
        return (flags(kernel) & VmFlags.UFFD_WP) != 0;
    }

    /** {@code userfaultfd_pte_wp()}: whether a write to what {@code pte} maps must be told to userfaultfd first. */
    boolean isUffdWpPte(Kernel kernel, long pte) {
        return hasUffdWp(kernel) && Pte.isUffdWp(pte);
    }

    /** {@code vma_is_shmem()}. */
    boolean isShmem() {
        return file != null && file.mapping().isShmem();
    }

    /** {@code vma_is_fsdax()}. */
    public boolean isFsdax() {
        return file != null && file.mapping().isFsdax();
    }

    /** {@code is_vm_hugetlb_page()}. */
    public boolean isHugetlb() {
        return file != null && file.mapping().isHugetlb();
    }

    /** {@code vma_is_secretmem()}. */
    public boolean isSecretmem() {
        return file != null && file.mapping().isSecretmem();
    }

    /** Whether it has been taken out of the tree. */
    public boolean isDetached(Kernel kernel) {
        return kernel.readPlain(detached) != 0;
    }

    /**
     * Ghost: 1 once its memory is free for reuse: an RCU grace period after it was removed, or with reference-counted
     * VMA locks at once.
     */
    public Ghost freed() {
        return freed;
    }

    /** Ghost: how many tasks hold its VMA lock for reading. */
    public Ghost readers() {
        return readers;
    }

    @Override
    public LockClass lockClass() {
        return LockClass.VMA_READ;
    }

    @Override
    public String toString() {
        return "vma:" + id;
    }
}
