package org.mmrace.fault;

import java.util.Set;

/** A {@link KernelConfig} that is being changed; see {@link KernelConfig#with(java.util.function.UnaryOperator)}. */
public final class KernelConfigDraft {
    private Series series;
    private int release;
    private boolean pteSpecial;
    private boolean gupFast;
    private VmaLockStyle vmaLock;
    private DaxStyle daxStyle;
    private TlbStyle tlbStyle;
    private TableFree tableFree;
    private boolean ptReclaim;
    private boolean secretmem;
    private boolean softDirty;
    private boolean debugVm;
    private long refLimit;
    private int ptrsPerTable;
    private Set<Fault> faults;
    private Set<Remedy> remedies;

    KernelConfigDraft(KernelConfig config) {
        series = config.series();
        release = config.release();
        pteSpecial = config.pteSpecial();
        gupFast = config.gupFast();
        vmaLock = config.vmaLock();
        daxStyle = config.daxStyle();
        tlbStyle = config.tlbStyle();
        tableFree = config.tableFree();
        ptReclaim = config.ptReclaim();
        secretmem = config.secretmem();
        softDirty = config.softDirty();
        debugVm = config.debugVm();
        refLimit = config.refLimit();
        ptrsPerTable = config.ptrsPerTable();
        faults = config.faults();
        remedies = config.remedies();
    }

    KernelConfig build() {
        return new KernelConfig(
                series,
                release,
                pteSpecial,
                gupFast,
                vmaLock,
                daxStyle,
                tlbStyle,
                tableFree,
                ptReclaim,
                secretmem,
                softDirty,
                debugVm,
                refLimit,
                ptrsPerTable,
                faults,
                remedies);
    }

    /** Sets before, within or after the series. */
    public KernelConfigDraft series(Series value) {
        series = value;
        return this;
    }

    /** Sets 1000 * major + minor. */
    public KernelConfigDraft release(int value) {
        release = value;
        return this;
    }

    /** Sets whether PTEs have a special bit. */
    public KernelConfigDraft pteSpecial(boolean value) {
        pteSpecial = value;
        return this;
    }

    /** Sets whether lockless GUP exists. */
    public KernelConfigDraft gupFast(boolean value) {
        gupFast = value;
        return this;
    }

    /** Sets per-VMA locks. */
    public KernelConfigDraft vmaLock(VmaLockStyle value) {
        vmaLock = value;
        return this;
    }

    /** Sets how data pages of FSDAX files are mapped. */
    public KernelConfigDraft daxStyle(DaxStyle value) {
        daxStyle = value;
        return this;
    }

    /** Sets whether MADV_DONTNEED frees tables. */
    public KernelConfigDraft ptReclaim(boolean value) {
        ptReclaim = value;
        return this;
    }

    /** Sets how TLBs are flushed. */
    public KernelConfigDraft tlbStyle(TlbStyle value) {
        tlbStyle = value;
        return this;
    }

    /** Sets what page tables wait for. */
    public KernelConfigDraft tableFree(TableFree value) {
        tableFree = value;
        return this;
    }

    /** Sets whether secret memory is compiled in. */
    public KernelConfigDraft secretmem(boolean value) {
        secretmem = value;
        return this;
    }

    /** Sets whether soft-dirty tracking is compiled in. */
    public KernelConfigDraft softDirty(boolean value) {
        softDirty = value;
        return this;
    }

    /** Sets whether debugging checks warn. */
    public KernelConfigDraft debugVm(boolean value) {
        debugVm = value;
        return this;
    }

    /** Sets where reference counts wrap. */
    public KernelConfigDraft refLimit(long value) {
        refLimit = value;
        return this;
    }

    /** Sets entries of a page table. */
    public KernelConfigDraft ptrsPerTable(int value) {
        ptrsPerTable = value;
        return this;
    }

    /** Sets exactly these bugs. */
    public KernelConfigDraft faults(Set<Fault> value) {
        faults = value;
        return this;
    }

    /** Sets exactly these changes of the rules. */
    public KernelConfigDraft remedies(Set<Remedy> value) {
        remedies = value;
        return this;
    }
}
