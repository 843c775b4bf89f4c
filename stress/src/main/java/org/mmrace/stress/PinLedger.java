package org.mmrace.stress;

import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Page;

/** The pages that one worker holds by GET or PIN, and until when. A few at a time, in no order. */
final class PinLedger {
    private static final int CAPACITY = 16;

    private final @Nullable Page[] pages = new @Nullable Page[CAPACITY];
    private final @Nullable Process[] processes = new @Nullable Process[CAPACITY];
    private final Slot[] slots = new Slot[CAPACITY];
    private final int[] slotPages = new int[CAPACITY];
    private final int[] flags = new int[CAPACITY];
    private final long[] due = new long[CAPACITY];
    private int size;
    private long nextDue = Long.MAX_VALUE;

    /** Receives one page that is to be released. */
    @FunctionalInterface
    interface Releaser {
        void release(Page page, Process process, Slot slot, int slotPage, int flags);
    }

    boolean hasRoomFor(int more) {
        return size + more <= CAPACITY;
    }

    boolean isDue(long now) {
        return now >= nextDue;
    }

    void add(Page page, Process process, Slot slot, int slotPage, int gupFlags, long releaseAt) {
        pages[size] = page;
        processes[size] = process;
        slots[size] = slot;
        slotPages[size] = slotPage;
        flags[size] = gupFlags;
        due[size] = releaseAt;
        size++;
        nextDue = Math.min(nextDue, releaseAt);
    }

    /** Releases what is due at {@code now}. */
    void releaseDue(long now, Releaser releaser) {
        release(now, false, releaser);
    }

    /** Releases the pages of DAX files: whoever truncates one waits for them, and may hold what we want next. */
    void releaseFsdax(Releaser releaser) {
        release(Long.MIN_VALUE, true, releaser);
    }

    private void release(long now, boolean fsdax, Releaser releaser) {
        nextDue = Long.MAX_VALUE;
        for (int i = size - 1; i >= 0; i--) {
            Page page = pages[i];
            Process process = processes[i];
            if (page == null || process == null || !(due[i] <= now || (fsdax && slots[i].isFsdax()))) {
                nextDue = Math.min(nextDue, due[i]);
                continue;
            }
            Slot slot = slots[i];
            int slotPage = slotPages[i];
            int gupFlags = flags[i];
            size--;
            move(size, i);
            releaser.release(page, process, slot, slotPage, gupFlags);
        }
    }

    private void move(int from, int to) {
        pages[to] = pages[from];
        processes[to] = processes[from];
        slots[to] = slots[from];
        slotPages[to] = slotPages[from];
        flags[to] = flags[from];
        due[to] = due[from];
        pages[from] = null;
        processes[from] = null;
    }
}
