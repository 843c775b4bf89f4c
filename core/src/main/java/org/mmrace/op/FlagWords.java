package org.mmrace.op;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;

/** The flags that scenarios may name, by their kernel names. Immutable. */
public final class FlagWords {
    /** How GUP is asked; FOLL_GET and FOLL_PIN are part of the name of the operation. */
    public static final FlagWords FOLL = new FlagWords(foll());

    /** The arguments of mmap(2) and mprotect(2). */
    public static final FlagWords PROT = new FlagWords(prot());

    /** {@code vm_flags}. */
    public static final FlagWords VM = new FlagWords(vm());

    private final Map<String, Long> bits;

    private FlagWords(Map<String, Long> bits) {
        this.bits = Collections.unmodifiableMap(bits);
    }

    private static Map<String, Long> foll() {
        Map<String, Long> bits = new LinkedHashMap<>();
        bits.put("FOLL_WRITE", (long) GupFlags.WRITE);
        bits.put("FOLL_DUMP", (long) GupFlags.DUMP);
        bits.put("FOLL_FORCE", (long) GupFlags.FORCE);
        bits.put("FOLL_NOFAULT", (long) GupFlags.NOFAULT);
        bits.put("FOLL_LONGTERM", (long) GupFlags.LONGTERM);
        bits.put("FOLL_FAST_ONLY", (long) GupFlags.FAST_ONLY);
        bits.put("FOLL_TOUCH", (long) GupFlags.TOUCH);
        bits.put("FOLL_UNLOCKABLE", (long) GupFlags.UNLOCKABLE);
        return bits;
    }

    private static Map<String, Long> prot() {
        Map<String, Long> bits = new LinkedHashMap<>();
        bits.put("PROT_NONE", 0L);
        bits.put("PROT_READ", VmFlags.READ);
        bits.put("PROT_WRITE", VmFlags.WRITE);
        bits.put("PROT_EXEC", VmFlags.EXEC);
        return bits;
    }

    private static Map<String, Long> vm() {
        Map<String, Long> bits = new LinkedHashMap<>();
        VmFlags.names(-1).forEach(name -> bits.put(name, VmFlags.parse(name)));
        return bits;
    }

    /** Whether there is a flag of this name. */
    public boolean has(String name) {
        return bits.containsKey(name);
    }

    /** All names, in the order in which they are printed. */
    public Set<String> names() {
        return bits.keySet();
    }

    /**
     * The bit of a flag.
     *
     * @throws IllegalArgumentException for a name that is not among {@link #names}
     */
    public long bit(String name) {
        Long bit = bits.get(name);
        if (bit == null) {
            throw new IllegalArgumentException("no such flag: " + name);
        }
        return bit;
    }

    /** The bits of several flags together. */
    public long bits(List<String> names) {
        return names.stream().mapToLong(this::bit).reduce(0, (a, b) -> a | b);
    }

    /** These names in the order in which they are printed, each once. */
    public List<String> inOrder(List<String> names) {
        return bits.keySet().stream().filter(names::contains).toList();
    }
}
