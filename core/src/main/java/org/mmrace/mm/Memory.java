package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * Physical memory: the memory map, the zeropage, the page allocator, and what is in each frame. Frames beyond the
 * memory map are device memory without struct pages. A frame's contents are modelled by its first eight bytes.
 */
public final class Memory {
    /** The zeropage ({@code ZERO_PAGE(0)}). */
    public static final long ZERO_PFN = 1;

    private static final int COMPOUND_PAGES = 4;
    private static final int COMPOUNDS = 4;
    private static final int DEVICE_FRAMES = 16;
    private static final long NEVER = -1;

    private final Kernel kernel;
    private final MmMonitor monitor;
    private final Page[] pages;
    private final WordArray contents;
    private final FreeList free;
    private final Word compoundsTaken = new Word();
    private final Word allocationsUntilFailure = new Word(NEVER);

    /**
     * Memory at boot.
     *
     * @param frames how many page frames have a struct page
     */
    public Memory(Kernel kernel, KernelConfig config, MmMonitor monitor, int frames) {
        this.kernel = kernel;
        this.monitor = monitor;
        this.pages = new Page[frames];
        this.contents = new WordArray(frames + DEVICE_FRAMES);
        this.free = new FreeList(kernel, "zone", frames);
        int firstOrdinary = COMPOUND_PAGES * (1 + COMPOUNDS);
        for (int pfn = 0; pfn < frames; pfn++) {
            boolean tail = pfn >= COMPOUND_PAGES && pfn < firstOrdinary && pfn % COMPOUND_PAGES != 0;
            Page head = tail ? pages[pfn - pfn % COMPOUND_PAGES] : null;
            pages[pfn] = new Page(pfn, head, pfn == ZERO_PFN ? 1 : 0, config.refLimit());
        }
        for (int pfn = frames - 1; pfn >= firstOrdinary; pfn--) {
            pages[pfn].freed().set(1);
            free.addAtBoot(pfn);
        }
        kernel.writeOnce(zeroPage().flags, Page.RESERVED);
        zeroPage().refs(RefKind.OWNER).set(1);
    }

    /** Tells the names of its cells, and of those of all pages. */
    void nameCells(CellNames names) {
        names.words(contents, pfn -> "data[" + names.frame(pfn) + "]");
        names.word(compoundsTaken, () -> "compound pages taken");
        names.word(allocationsUntilFailure, () -> "allocations until failure");
        free.nameCells(names, "zone");
        for (Page page : pages) {
            page.nameCells(names);
        }
    }

    /** The zeropage. */
    public Page zeroPage() {
        return pages[(int) ZERO_PFN];
    }

    /** {@code is_zero_pfn()}. */
    public static boolean isZero(long pfn) {
        return pfn == ZERO_PFN;
    }

    /** {@code is_zero_page()}. */
    public static boolean isZero(Page page) {
        return page.pfn() == ZERO_PFN;
    }

    /** How many frames have a struct page. */
    public int frames() {
        return pages.length;
    }

    /**
     * The page of a frame, null for device memory without a struct page ({@code pfn_valid()}, {@code pfn_to_page()}).
     */
    public @Nullable Page page(long pfn) {
        return pfn < pages.length ? pages[(int) pfn] : null;
    }

    /** Whether this frame exists at all, with or without a struct page ({@code pfn_modify_allowed()}). */
    public boolean isFrame(long pfn) {
        return pfn >= 0 && pfn < contents.length();
    }

    /** How many frames there are, with and without a struct page. */
    int allFrames() {
        return contents.length();
    }

    /** A frame of device memory without a struct page, {@code i} below 16. */
    public long devicePfn(int i) {
        return (long) pages.length + i;
    }

    /** What the first bytes of a frame hold. */
    public long contents(long pfn) {
        return kernel.readOnce(contents, (int) pfn);
    }

    /** Writes the first bytes of a frame on behalf of {@code task}. */
    public void setContents(Task task, long pfn, long value) {
        kernel.writeOnce(contents, (int) pfn, value);
        monitor.contentsWritten(task, pfn, value);
    }

    /** Makes the {@code n}-th allocation from now on fail, 1 for the next one; for tests of error paths. */
    public void failAllocation(long n) {
        kernel.writeOnce(allocationsUntilFailure, n);
    }

    /** Whether the allocation at hand must fail, as {@link #failAllocation} asked. */
    boolean allocationFails() {
        long left = kernel.readOnce(allocationsUntilFailure);
        if (left == NEVER) {
            return false;
        }
        kernel.writeOnce(allocationsUntilFailure, left - 1 == 0 ? NEVER : left - 1);
        return left == 1;
    }

    /** {@code alloc_page()}: zeroed, with one reference of its owner; null when memory is exhausted. */
    public @Nullable Page alloc(Task task, PageKind kind) {
        if (allocationFails()) {
            return null;
        }
        long pfn = free.take(task);
        if (pfn == FreeList.NO_FRAME) {
            return null;
        }
        Page page = pages[(int) pfn];
        kernel.writeOnce(page.flags, kind.flags());
        kernel.writeOnce(page.mapcount, kind.isTyped() ? Page.SOME_TYPE : 0);
        kernel.writeOnce(contents, (int) pfn, 0);
        page.freed().set(0);
        page.lives().add(1);
        page.unsaved().set(0);
        page.refs(RefKind.OWNER).set(1);
        kernel.refAdd(page.ref, 1);
        monitor.pageAllocated(task, page);
        return page;
    }

    /**
     * {@code alloc_pages(__GFP_COMP, 2)}: the head of a compound page of four, with one reference; null when none is
     * left. Never returned to the allocator.
     */
    public @Nullable Page allocCompound() {
        long n = kernel.addReturn(compoundsTaken, 1);
        if (n > COMPOUNDS) {
            return null;
        }
        Page head = pages[(int) n * COMPOUND_PAGES];
        head.refs(RefKind.OWNER).set(1);
        kernel.refAdd(head.ref, 1);
        return head;
    }

    /** The pages after {@code head} in its compound page. */
    List<Page> tailsOf(Page head) {
        List<Page> tails = new ArrayList<>();
        for (int i = 1; i < COMPOUND_PAGES; i++) {
            tails.add(pages[(int) head.pfn() + i]);
        }
        return tails;
    }

    /** The last reference is gone. */
    void free(Task task, Page page) {
        monitor.pageFreeing(task, page);
        page.freed().set(1);
        kernel.writeOnce(page.flags, 0);
        kernel.writeOnce(page.mapcount, 0);
        kernel.rcuAssignPointer(page.mapping, null);
        free.give(task, page.pfn());
    }
}
