package org.mmrace.fault;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The knobs of the simulated kernel by name, as {@code --set KNOB=VALUE} turns them. */
public final class Knobs {
    private static final Map<String, BiFunction<KernelConfigDraft, String, KernelConfigDraft>> KNOBS =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        KNOBS.put("series", (draft, text) -> draft.series(constant(Series.class, text)));
        KNOBS.put("pteSpecial", (draft, text) -> draft.pteSpecial(bool(text)));
        KNOBS.put("gupFast", (draft, text) -> draft.gupFast(bool(text)));
        KNOBS.put("release", (draft, text) -> draft.release(KernelConfig.releaseNumber(text)));
        KNOBS.put("vmaLock", (draft, text) -> draft.vmaLock(constant(VmaLockStyle.class, text)));
        KNOBS.put("daxStyle", (draft, text) -> draft.daxStyle(constant(DaxStyle.class, text)));
        KNOBS.put("ptReclaim", (draft, text) -> draft.ptReclaim(bool(text)));
        KNOBS.put("tlbStyle", (draft, text) -> draft.tlbStyle(constant(TlbStyle.class, text)));
        KNOBS.put("tableFree", (draft, text) -> draft.tableFree(constant(TableFree.class, text)));
        KNOBS.put("secretmem", (draft, text) -> draft.secretmem(bool(text)));
        KNOBS.put("softDirty", (draft, text) -> draft.softDirty(bool(text)));
        KNOBS.put("debugVm", (draft, text) -> draft.debugVm(bool(text)));
        KNOBS.put("refLimit", (draft, text) -> draft.refLimit(number(text)));
        KNOBS.put("remedies", (draft, text) -> draft.remedies(remedies(text)));
        KNOBS.put("ptrsPerTable", (draft, text) -> draft.ptrsPerTable((int) number(text)));
    }

    private Knobs() {}

    /** The names of all knobs, in alphabetical order. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(KNOBS.keySet());
    }

    /**
     * Turns knobs; the combination of all of them must make sense, in whatever order they come.
     *
     * @throws IllegalArgumentException for a knob or value that does not exist, or a kernel that cannot be built so
     */
    public static KernelConfig set(KernelConfig config, Map<String, String> values) {
        return config.with(draft -> {
            KernelConfigDraft changed = draft;
            for (Map.Entry<String, String> entry : values.entrySet()) {
                changed = set(changed, entry.getKey(), entry.getValue());
            }
            return changed;
        });
    }

    private static KernelConfigDraft set(KernelConfigDraft draft, String knob, String value) {
        BiFunction<KernelConfigDraft, String, KernelConfigDraft> setter = KNOBS.get(knob);
        if (setter == null) {
            throw new IllegalArgumentException(
                    "unknown knob '" + knob + "'; there are " + String.join(", ", KNOBS.keySet()));
        }
        try {
            return setter.apply(draft, value.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("knob " + knob + ": " + e.getMessage(), e);
        }
    }

    private static Set<Remedy> remedies(String text) {
        Set<Remedy> remedies = EnumSet.noneOf(Remedy.class);
        for (String id : text.split("[,+]", -1)) {
            remedies.add(constant(Remedy.class, id.strip()));
        }
        return remedies;
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> true;
            case "0", "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither 0 nor 1");
        };
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,10}")) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return Math.min(Long.parseLong(text), Integer.MAX_VALUE + 1L);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown value '" + text + "'; there are " + known);
    }
}
