package org.mmrace.mm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code vm_flags}: bits, names, and the predicates of kernel-semantics.md 0.4 that need nothing but the flags. */
public final class VmFlags {
    /** May be read now. */
    public static final long READ = 0x1;
    /** May be written now. */
    public static final long WRITE = 0x2;
    /** May be executed now. */
    public static final long EXEC = 0x4;
    /** Writes go to the file. */
    public static final long SHARED = 0x8;
    /** mprotect may allow reading. */
    public static final long MAYREAD = 0x10;
    /** mprotect may allow writing. */
    public static final long MAYWRITE = 0x20;
    /** mprotect may allow executing. */
    public static final long MAYEXEC = 0x40;
    /** Mapped with MAP_SHARED, even of a file that is open for reading only. */
    public static final long MAYSHARE = 0x80;
    /** Grows down when what lies just below is accessed: a stack. */
    public static final long GROWSDOWN = 0x100;
    /** userfaultfd hears of missing pages. */
    public static final long UFFD_MISSING = 0x200;
    /** Page frames without reference counts. */
    public static final long PFNMAP = 0x400;
    /** userfaultfd write-protects pages. */
    public static final long UFFD_WP = 0x1000;
    /** Locked in memory. */
    public static final long LOCKED = 0x2000;
    /** Device memory: no GUP. */
    public static final long IO = 0x4000;
    /** Not inherited by fork. */
    public static final long DONTCOPY = 0x20000;
    /** mremap may not make it longer. */
    public static final long DONTEXPAND = 0x40000;
    /** Accounted memory. */
    public static final long ACCOUNT = 0x100000;
    /** Not in core dumps. */
    public static final long DONTDUMP = 0x4000000;
    /** All writes count as soft-dirty. */
    public static final long SOFTDIRTY = 0x8000000;
    /** Page frames with and without reference counts. */
    public static final long MIXEDMAP = 0x10000000;
    /** KSM may merge its pages. */
    public static final long MERGEABLE = 0x80000000L;

    /** {@code __VM_UFFD_FLAGS}. */
    static final long UFFD_FLAGS = UFFD_MISSING | UFFD_WP;

    private static final Map<String, Long> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("VM_READ", READ);
        NAMES.put("VM_WRITE", WRITE);
        NAMES.put("VM_EXEC", EXEC);
        NAMES.put("VM_SHARED", SHARED);
        NAMES.put("VM_MAYREAD", MAYREAD);
        NAMES.put("VM_MAYWRITE", MAYWRITE);
        NAMES.put("VM_MAYEXEC", MAYEXEC);
        NAMES.put("VM_MAYSHARE", MAYSHARE);
        NAMES.put("VM_GROWSDOWN", GROWSDOWN);
        NAMES.put("VM_UFFD_MISSING", UFFD_MISSING);
        NAMES.put("VM_PFNMAP", PFNMAP);
        NAMES.put("VM_UFFD_WP", UFFD_WP);
        NAMES.put("VM_LOCKED", LOCKED);
        NAMES.put("VM_IO", IO);
        NAMES.put("VM_DONTCOPY", DONTCOPY);
        NAMES.put("VM_DONTEXPAND", DONTEXPAND);
        NAMES.put("VM_ACCOUNT", ACCOUNT);
        NAMES.put("VM_DONTDUMP", DONTDUMP);
        NAMES.put("VM_SOFTDIRTY", SOFTDIRTY);
        NAMES.put("VM_MIXEDMAP", MIXEDMAP);
        NAMES.put("VM_MERGEABLE", MERGEABLE);
    }

    private VmFlags() {}

    /** {@code is_cow_mapping()}: private, and may be written one day. */
    public static boolean isCow(long flags) {
        return (flags & (SHARED | MAYWRITE)) == MAYWRITE;
    }

    /** Mapped with MAP_SHARED. */
    public static boolean isSharedAny(long flags) {
        return (flags & (SHARED | MAYSHARE)) != 0;
    }

    /** Writes reach the file, and are allowed now ({@code vma_is_shared_writable()}). */
    public static boolean isSharedWritable(long flags) {
        return (flags & (SHARED | WRITE)) == (SHARED | WRITE);
    }

    /** Neither written now nor ever. */
    public static boolean isNeverWritable(long flags) {
        return (flags & (WRITE | MAYWRITE)) == 0;
    }

    /** {@code vm_get_page_prot()}: the protection bits that PTEs of such a VMA get. */
    public static long pageProt(long flags) {
        if ((flags & (READ | WRITE | EXEC)) == 0) {
            return Pte.PROTNONE | Pte.ACCESSED;
        }
        long prot = Pte.PRESENT | Pte.ACCESSED;
        return isSharedWritable(flags) ? prot | Pte.RW : prot;
    }

    /** The names of the set bits, lowest first. */
    public static List<String> names(long flags) {
        List<String> names = new ArrayList<>();
        NAMES.forEach((name, bit) -> {
            if ((flags & bit) != 0) {
                names.add(name);
            }
        });
        return names;
    }

    /**
     * The bit with this name, such as {@code "VM_IO"}.
     *
     * @throws IllegalArgumentException for a name that the model does not have
     */
    public static long parse(String name) {
        Long bit = NAMES.get(name);
        if (bit == null) {
            throw new IllegalArgumentException("unknown VMA flag " + name);
        }
        return bit;
    }
}
