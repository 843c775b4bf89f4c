package org.mmrace.stress;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the last operations of a worker, as its log has it.
 *
 * @param kind what it did
 * @param result how that ended; {@link OpResult#RUNNING} or {@link OpResult#HALTED} if it was under way when the
 *     machine stopped
 * @param mm the id of the address space that it was done in
 * @param parent the id of the one that this was forked from, 0 for none
 * @param addr where; 0 for nowhere. What was done to a file has the place where a slot maps that part of it
 * @param pages how many pages from there on
 * @param argument by the kind: FOLL flags of GUP and of a release, the rights of mprotect, the new length of truncate
 *     in pages, the data of a store, the address space that fork made or that exits, {@link #insertion} of what maps
 *     pages
 * @param startNanos when it began, counted from the violation; negative before it
 * @param nanos how long it took, 0 if it did not end
 */
public record LoggedOperation(
        Operation kind,
        OpResult result,
        long mm,
        long parent,
        long addr,
        int pages,
        long argument,
        long startNanos,
        long nanos) {
    private static final int ZERO_SHIFT = 1;
    private static final int ZERO_BITS = 15;
    private static final int PLAN_SHIFT = ZERO_SHIFT + ZERO_BITS;
    private static final MapPlan[] PLANS = MapPlan.values();

    /**
     * The argument of what maps pages.
     *
     * @param writeLocked whether mmap_lock is held for writing
     * @param zeropages which of the pages are the zeropage, a bit for each
     * @param plan what an mmap hook is to do
     */
    public static long insertion(boolean writeLocked, int zeropages, MapPlan plan) {
        return (writeLocked ? 1 : 0)
                | (zeropages & (1L << ZERO_BITS) - 1) << ZERO_SHIFT
                | (long) plan.ordinal() << PLAN_SHIFT;
    }

    /** Of an insertion: whether mmap_lock was held for writing. */
    public boolean writeLocked() {
        return (argument & 1) != 0;
    }

    /** Of an insertion: whether its {@code i}-th page was the zeropage. */
    public boolean isZeropage(int i) {
        return (argument & 1L << (ZERO_SHIFT + i)) != 0;
    }

    /** Of mmap: what the hook of the driver did with the pages. */
    public MapPlan plan() {
        return PLANS[(int) (argument >>> PLAN_SHIFT)];
    }

    /** The mapping that it was about, null for none. */
    public @Nullable Slot slot() {
        return Slot.at(addr);
    }

    /** The first page of {@link #slot} that it was about. */
    public int page() {
        Slot slot = slot();
        return slot == null ? 0 : slot.pageOf(addr);
    }

    /** Whether it was under way when the machine stopped. */
    public boolean inFlight() {
        return result == OpResult.RUNNING || result == OpResult.HALTED || result == OpResult.BUG;
    }

    /** In one line: {@code "-12.3us store mm2 anon[0] 0x7 ok in 0.1us"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(startNanos > 0 ? "+" : "-").append(micros(Math.abs(startNanos)));
        text.append(' ').append(kind.label()).append(" mm").append(mm);
        if (addr != 0) {
            text.append(' ').append(place());
        }
        if (argument != 0) {
            text.append(" 0x").append(Long.toHexString(argument));
        }
        text.append(' ').append(result.label());
        return (result == OpResult.RUNNING ? text : text.append(" in ").append(micros(nanos))).toString();
    }

    private String place() {
        Slot slot = slot();
        if (slot == null) {
            return "0x" + Long.toHexString(addr);
        }
        String last = pages > 1 ? ".." + (page() + pages - 1) : "";
        return slot.name().toLowerCase(Locale.ROOT) + "[" + page() + last + "]";
    }

    private static String micros(long nanos) {
        return nanos / 1000 + "." + nanos / 100 % 10 + "us";
    }
}
