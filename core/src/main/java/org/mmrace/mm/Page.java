package org.mmrace.mm;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.Word;

/** {@code struct page}: one page frame that has one. Its data is in {@link Memory}. */
public final class Page implements Lockable {
    /** Why references are counted per kind: the PIN bias ({@code GUP_PIN_COUNTING_BIAS}). */
    public static final long PIN_BIAS = 1024;

    /** {@code PAGE_MAPCOUNT_RESERVE}: a mapcount at or below is not one, but the type of the page. */
    static final long TYPE_RESERVE = -128;

    /** What stands where a mapcount would be in a page with a type ({@code page_type} overlays {@code _mapcount}). */
    static final long SOME_TYPE = 2 * TYPE_RESERVE;

    private static final int REF_KINDS = RefKind.values().length;

    static final long LOCKED = 1;
    static final long DIRTY = 1 << 1;
    static final long SWAPBACKED = 1 << 2;
    static final long ANON = 1 << 3;
    static final long ANON_EXCLUSIVE = 1 << 4;
    static final long RESERVED = 1 << 5;
    static final long SLAB = 1 << 6;
    static final long TYPED = 1 << 7;
    static final long DEVMAP = 1 << 8;
    /** On an LRU list; what has just been added waits in a batch of its CPU first. */
    static final long LRU = 1 << 9;

    /** By the numbers of the bits above. */
    private static final List<String> FLAG_NAMES =
            List.of("locked", "dirty", "swap", "anon", "exclusive", "reserved", "slab", "typed", "devmap", "lru");

    private final long pfn;
    private final @Nullable RcuPointer<Page> compoundHead;
    final RefCount ref;
    final Word mapcount = new Word();
    final Word flags = new Word();
    final RcuPointer<AddressSpace> mapping = new RcuPointer<>(null);
    final RcuPointer<AnonVma> anonVma = new RcuPointer<>(null);
    final Word index = new Word();
    private final Ghost[] refsByKind = new Ghost[REF_KINDS];
    private final Ghost freed = new Ghost();
    private final Ghost lives = new Ghost();
    private final Ghost unsaved = new Ghost();

    Page(long pfn, @Nullable Page compoundHead, long ref, long refLimit) {
        this.pfn = pfn;
        this.compoundHead = compoundHead == null ? null : new RcuPointer<>(compoundHead);
        this.ref = new RefCount(ref, refLimit);
        for (int i = 0; i < refsByKind.length; i++) {
            refsByKind[i] = new Ghost();
        }
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names) {
        names.count(ref, () -> "ref[" + names.frame(pfn) + "]");
        names.word(mapcount, () -> "mapcount[" + names.frame(pfn) + "]");
        names.word(flags, () -> "page " + names.frame(pfn) + " flags", Page::flagNames);
        names.word(index, () -> "page " + names.frame(pfn) + " index");
        names.pointer(mapping, () -> "page " + names.frame(pfn) + " mapping");
        names.pointer(anonVma, () -> "page " + names.frame(pfn) + " anon_vma");
        if (compoundHead != null) {
            names.pointer(compoundHead, () -> "page " + names.frame(pfn) + " compound_head");
        }
    }

    /** Flags in words, {@code "locked|dirty"}; {@code "0"} for none. */
    private static String flagNames(long flags) {
        StringJoiner text = new StringJoiner("|").setEmptyValue("0");
        for (int bit = 0; bit < FLAG_NAMES.size(); bit++) {
            if ((flags & 1L << bit) != 0) {
                text.add(FLAG_NAMES.get(bit));
            }
        }
        return text.toString();
    }

    /** Its number. */
    public long pfn() {
        return pfn;
    }

    /**
     * The page that carries the reference count: itself, or the head of its compound page ({@code page_folio()}). Stays
     * so only while the caller keeps the compound page from being split, by a reference or an entry that maps it.
     */
    public Page folio(Kernel kernel) {
        Page head = compoundHead == null ? null : kernel.rcuDereference(compoundHead);
        return head == null ? this : head;
    }

    /** {@code clear_compound_head()}: from now on it carries a count of its own. */
    void clearCompoundHead(Kernel kernel) {
        if (compoundHead != null) {
            kernel.rcuAssignPointer(compoundHead, null);
        }
    }

    /** Ghost: how many references of this kind are held (for PIN: pins, not counts). */
    public Ghost refs(RefKind kind) {
        return refsByKind[kind.ordinal()];
    }

    /** Ghost: 1 while it is in the hands of the page allocator. */
    public Ghost freed() {
        return freed;
    }

    /** Ghost: how often it has left the allocator. */
    public Ghost lives() {
        return lives;
    }

    /** Ghost: 1 if a store through a shared mapping of a file has changed it since it was last written back. */
    public Ghost unsaved() {
        return unsaved;
    }

    @Override
    public LockClass lockClass() {
        return LockClass.FOLIO;
    }

    @Override
    public String toString() {
        return "page " + pfn;
    }
}
