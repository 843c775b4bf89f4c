package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protections as words of a declaration. */
final class Prot {
    /** All that there are. */
    static final List<String> WORDS = List.of("none", "r", "w", "x", "rw", "rx", "wx", "rwx");

    private Prot() {}

    /** {@code PROT_READ} and {@code PROT_WRITE} for {@code rw}; nothing for null. */
    static List<String> flags(@Nullable String word) {
        List<String> flags = new ArrayList<>();
        if (word != null && !word.equals("none")) {
            addIf(flags, word.contains("r"), "PROT_READ");
            addIf(flags, word.contains("w"), "PROT_WRITE");
            addIf(flags, word.contains("x"), "PROT_EXEC");
        }
        return flags;
    }

    private static void addIf(List<String> flags, boolean set, String flag) {
        if (set) {
            flags.add(flag);
        }
    }

    /** {@code rw} for {@code PROT_READ} and {@code PROT_WRITE}. */
    static String word(List<String> flags) {
        String word = (flags.contains("PROT_READ") ? "r" : "")
                + (flags.contains("PROT_WRITE") ? "w" : "")
                + (flags.contains("PROT_EXEC") ? "x" : "");
        return word.isEmpty() ? "none" : word;
    }
}
