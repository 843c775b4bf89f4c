package org.mmrace.fault;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The knobs of the simulated kernel (kernel-semantics.md 0.6). Immutable; each {@code with} gives a changed copy.
 *
 * @param series before, within or after the zeropage series
 * @param pteSpecial whether PTEs have a special bit ({@code CONFIG_ARCH_HAS_PTE_SPECIAL})
 * @param gupFast whether lockless GUP exists ({@code CONFIG_HAVE_GUP_FAST})
 * @param vmaLock per-VMA locks
 * @param tlbStyle how TLBs are flushed
 * @param tableFree what page tables wait for before they are freed
 * @param secretmem whether secret memory is in use, which makes GUP-fast look at every folio
 * @param softDirty whether soft-dirty tracking is compiled in
 * @param ioUringPinsFast whether io_uring registers buffers with {@code pin_user_pages_fast()} (6.5 and later)
 * @param refLimit the reference count at which a counter wraps; stands for 2^31
 * @param ptrsPerTable entries of a page table, a power of two
 * @param faults the bugs switched on
 */
public record KernelConfig(
        Series series,
        boolean pteSpecial,
        boolean gupFast,
        VmaLockStyle vmaLock,
        TlbStyle tlbStyle,
        TableFree tableFree,
        boolean secretmem,
        boolean softDirty,
        boolean ioUringPinsFast,
        long refLimit,
        int ptrsPerTable,
        Set<Fault> faults) {

    /** Pages that {@code vm_insert_pages()} inserts per hold of the PTL. */
    public static final int INSERT_BATCH = 8;

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException when no kernel could be built so; the message says why
     */
    public KernelConfig {
        if (Integer.bitCount(ptrsPerTable) != 1 || ptrsPerTable < 2) {
            throw new IllegalArgumentException(
                    "ptrsPerTable must be a power of two of at least 2, not " + ptrsPerTable);
        }
        if (refLimit < 2 || refLimit > 1L << 31) {
            throw new IllegalArgumentException("refLimit must be between 2 and 2^31, not " + refLimit);
        }
        if (tlbStyle == TlbStyle.BROADCAST && tableFree == TableFree.IPI) {
            throw new IllegalArgumentException(
                    "tlbStyle BROADCAST sends no interrupts, so tableFree IPI would wait for nobody: use RCU");
        }
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** A kernel of this series on x86-64, nothing switched on. */
    public static KernelConfig of(Series series) {
        return new KernelConfig(
                series,
                true,
                true,
                VmaLockStyle.RWSEM,
                TlbStyle.IPI,
                TableFree.RCU,
                false,
                false,
                true,
                1L << 31,
                16,
                Set.of());
    }

    /**
     * A kernel release on x86-64 that a recording names, with the fixes that it lacks switched on as faults.
     *
     * @param release such as {@code "6.1"} or {@code "6.12"}
     * @throws IllegalArgumentException when {@code release} is not of the form major.minor
     */
    public static KernelConfig ofRelease(String release, Series series) {
        if (!release.matches("\\d{1,3}\\.\\d{1,3}(\\..*)?")) {
            throw new IllegalArgumentException("not a kernel release: " + release);
        }
        String[] parts = release.split("\\.", -1);
        int version = 1000 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
        KernelConfig config = of(series);
        if (version < 6002) {
            config = config.with(Fault.B09);
        }
        if (version < 6005) {
            config = config.with(Fault.B36).withIoUringPinsFast(false);
        }
        return version < 6004 ? config.withVmaLock(VmaLockStyle.NONE) : config;
    }

    /** Whether this bug is switched on by its own {@code if}. */
    public boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** This kernel with {@code fault} switched on: its switch, or the series that shows it. */
    public KernelConfig with(Fault fault) {
        return switch (fault.setting()) {
            case SERIES_BEFORE -> withSeries(Series.BEFORE);
            case SERIES_BEFORE_NO_SPECIAL -> withSeries(Series.BEFORE).withPteSpecial(false);
            case SERIES_V1 -> withSeries(Series.V1);
            case SWITCH -> {
                Set<Fault> more = EnumSet.of(fault);
                more.addAll(faults);
                yield withFaults(more);
            }
        };
    }

    /** A copy with another series. */
    public KernelConfig withSeries(Series value) {
        return new KernelConfig(
                value,
                pteSpecial,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy with or without special PTEs. */
    public KernelConfig withPteSpecial(boolean value) {
        return new KernelConfig(
                series,
                value,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy with another kind of per-VMA locks. */
    public KernelConfig withVmaLock(VmaLockStyle value) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                value,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy with other ways to flush TLBs and to free page tables. */
    public KernelConfig withTlb(TlbStyle style, TableFree free) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                vmaLock,
                style,
                free,
                secretmem,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy with or without secret memory. */
    public KernelConfig withSecretmem(boolean value) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                value,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy in which io_uring pins fast, or slow. */
    public KernelConfig withIoUringPinsFast(boolean value) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                value,
                refLimit,
                ptrsPerTable,
                faults);
    }

    /** A copy with another wrap-around of reference counts. */
    public KernelConfig withRefLimit(long value) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                ioUringPinsFast,
                value,
                ptrsPerTable,
                faults);
    }

    /** A copy with exactly these bugs switched on. */
    public KernelConfig withFaults(Set<Fault> value) {
        return new KernelConfig(
                series,
                pteSpecial,
                gupFast,
                vmaLock,
                tlbStyle,
                tableFree,
                secretmem,
                softDirty,
                ioUringPinsFast,
                refLimit,
                ptrsPerTable,
                value);
    }
}
