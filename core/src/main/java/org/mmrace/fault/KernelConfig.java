package org.mmrace.fault;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The knobs of the simulated kernel (kernel-semantics.md 0.6). Immutable; {@link #with(UnaryOperator)} gives a changed
 * copy.
 *
 * @param series before, within or after the zeropage series
 * @param release what else the kernel has: the release as 1000 * major + minor, such as 6012
 * @param pteSpecial whether PTEs have a special bit ({@code CONFIG_ARCH_HAS_PTE_SPECIAL})
 * @param gupFast whether lockless GUP exists ({@code CONFIG_HAVE_GUP_FAST})
 * @param vmaLock per-VMA locks
 * @param daxStyle how data pages of FSDAX files are mapped
 * @param tlbStyle how TLBs are flushed
 * @param tableFree what page tables wait for before they are freed
 * @param ptReclaim whether MADV_DONTNEED frees page tables that it empties ({@code CONFIG_PT_RECLAIM})
 * @param secretmem whether secret memory is compiled in, which makes GUP-fast look at every folio
 * @param softDirty whether soft-dirty tracking is compiled in
 * @param debugVm whether the checks of {@code CONFIG_DEBUG_VM} warn
 * @param refLimit the reference count at which a counter wraps; stands for 2^31
 * @param ptrsPerTable entries of a page table, a power of two
 * @param faults the bugs switched on
 * @param remedies the changes of the rules switched on that no kernel has
 */
public record KernelConfig(
        Series series,
        int release,
        boolean pteSpecial,
        boolean gupFast,
        VmaLockStyle vmaLock,
        DaxStyle daxStyle,
        TlbStyle tlbStyle,
        TableFree tableFree,
        boolean ptReclaim,
        boolean secretmem,
        boolean softDirty,
        boolean debugVm,
        long refLimit,
        int ptrsPerTable,
        Set<Fault> faults,
        Set<Remedy> remedies) {

    /** Pages that {@code vm_insert_pages()} inserts per hold of the PTL. */
    public static final int INSERT_BATCH = 8;

    private static final int RELEASE_OF_SEMANTICS = 6011;

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException when no kernel could be built so; the message says why
     */
    public KernelConfig {
        if (Integer.bitCount(ptrsPerTable) != 1 || ptrsPerTable < 2 || ptrsPerTable > 512) {
            throw new IllegalArgumentException(
                    "ptrsPerTable must be a power of two between 2 and 512, not " + ptrsPerTable);
        }
        if (refLimit < 2 || refLimit > 1L << 31) {
            throw new IllegalArgumentException("refLimit must be between 2 and 2^31, not " + refLimit);
        }
        if (tlbStyle == TlbStyle.BROADCAST && tableFree == TableFree.IPI) {
            throw new IllegalArgumentException(
                    "tlbStyle BROADCAST sends no interrupts, so tableFree IPI would wait for nobody: use RCU");
        }
        if (ptReclaim && tableFree == TableFree.IPI) {
            throw new IllegalArgumentException(
                    "ptReclaim frees tables that others may look at without interrupts off: tableFree must be RCU");
        }
        if (!remedies.isEmpty() && series != Series.AFTER) {
            throw new IllegalArgumentException("remedies change the rules of series AFTER, not of " + series);
        }
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
        remedies = remedies.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(remedies));
    }

    /** A kernel of this series on x86-64 with debugging on and nothing wrong. */
    public static KernelConfig of(Series series) {
        return new KernelConfig(
                series,
                RELEASE_OF_SEMANTICS,
                true,
                true,
                VmaLockStyle.RWSEM,
                DaxStyle.DEVMAP,
                TlbStyle.IPI,
                TableFree.RCU,
                false,
                false,
                false,
                true,
                1L << 31,
                16,
                Set.of(),
                Set.of());
    }

    /**
     * A distribution's kernel of a release, on x86-64, that a recording names: without debugging, and with the fixes
     * that came later switched on as faults.
     *
     * @param release such as {@code "6.1"} or {@code "6.12"}
     * @throws IllegalArgumentException when {@code release} is not of the form major.minor
     */
    public static KernelConfig ofRelease(String release, Series series) {
        int number = releaseNumber(release);
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        if (number < 6002) {
            faults.add(Fault.B09);
        }
        if (number < 6005) {
            faults.add(Fault.B36);
        }
        return of(series)
                .with(draft -> draft.release(number)
                        .debugVm(false)
                        .vmaLock(number < 6004 ? VmaLockStyle.NONE : VmaLockStyle.RWSEM)
                        .faults(faults));
    }

    /** {@code "6.12"}, {@code "6.12.3"} and {@code "6012"} as 1000 * major + minor. */
    static int releaseNumber(String release) {
        if (release.matches("\\d{4,6}")) {
            return Integer.parseInt(release);
        }
        if (!release.matches("\\d{1,3}\\.\\d{1,3}(\\..*)?")) {
            throw new IllegalArgumentException("not a kernel release: " + release);
        }
        String[] parts = release.split("\\.", -1);
        return 1000 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
    }

    /** Whether this bug is switched on by its own {@code if}. */
    public boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** Whether this change of the rules is switched on. */
    public boolean has(Remedy remedy) {
        return remedies.contains(remedy);
    }

    /** Whether mappings of the zeropage by drivers and DAX are special and uncounted: the point of the series. */
    public boolean zeropageUncounted() {
        return series != Series.BEFORE;
    }

    /** Whether the series' own assertions warn, which are compiled for debugging only. */
    public boolean warnsOfZeropage() {
        return debugVm && zeropageUncounted();
    }

    /** Whether O_DIRECT pins pages rather than taking references: 6.3 and later. */
    public boolean directIoPins() {
        return release >= 6003;
    }

    /** Whether io_uring registers buffers with {@code pin_user_pages_fast()}: 6.5 and later. */
    public boolean ioUringPinsFast() {
        return release >= 6005;
    }

    /**
     * Whether the mapping of a tracing ring buffer is padded with zeropages, so that its sub-buffers are aligned: 6.12
     * and later.
     */
    public boolean ringBufferPadding() {
        return release >= 6012;
    }

    /**
     * Whether MADV_DONTNEED runs under the VMA lock: 6.16 and later, which all have reference-counted VMA locks, so
     * that style alone says it too.
     */
    public boolean madviseUnderVmaLock() {
        return vmaLock == VmaLockStyle.REFCNT || (vmaLock == VmaLockStyle.RWSEM && release >= 6016);
    }

    /** Whether write faults in VMAs without VM_MAYWRITE are refused (cdc5021cda19): 6.2 and later. */
    public boolean writeFaultNeedsMaywrite() {
        return release >= 6002;
    }

    /** This kernel with {@code fault} switched on: its switch, or the series that shows it. */
    public KernelConfig with(Fault fault) {
        return switch (fault.setting()) {
            case SERIES_BEFORE -> with(draft -> draft.series(Series.BEFORE));
            case SERIES_BEFORE_NO_SPECIAL ->
                with(draft -> draft.series(Series.BEFORE).pteSpecial(false));
            case SERIES_V1 -> with(draft -> draft.series(Series.V1));
            case DAX_REFCOUNTED -> with(draft -> draft.daxStyle(DaxStyle.REFCOUNTED));
            case FINDING -> {
                Set<Remedy> fewer = EnumSet.noneOf(Remedy.class);
                fewer.addAll(remedies);
                Remedy.of(fault).ifPresent(fewer::remove);
                yield with(draft -> draft.remedies(fewer));
            }
            case SWITCH -> {
                Set<Fault> more = EnumSet.of(fault);
                more.addAll(faults);
                yield with(draft -> draft.faults(more));
            }
        };
    }

    /** This kernel, on which {@code fault} is not switched on, with what takes it away if it is a finding. */
    public KernelConfig without(Fault fault) {
        Set<Remedy> more = EnumSet.noneOf(Remedy.class);
        more.addAll(remedies);
        Remedy.of(fault).ifPresent(more::add);
        return with(draft -> draft.remedies(more));
    }

    /**
     * A changed copy.
     *
     * @throws IllegalArgumentException when no kernel could be built so
     */
    public KernelConfig with(UnaryOperator<KernelConfigDraft> change) {
        return change.apply(new KernelConfigDraft(this)).build();
    }
}
