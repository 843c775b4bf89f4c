package org.mmrace.fault;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The knobs of the simulated kernel by name, as {@code --set KNOB=VALUE} turns them. */
public final class Knobs {
    private static final Map<String, Knob> KNOBS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        add(
                "series",
                (draft, text) -> draft.series(constant(Series.class, text)),
                config -> config.series().name());
        add("pteSpecial", (draft, text) -> draft.pteSpecial(bool(text)), KernelConfig::pteSpecial);
        add("gupFast", (draft, text) -> draft.gupFast(bool(text)), KernelConfig::gupFast);
        add(
                "release",
                (draft, text) -> draft.release(KernelConfig.releaseNumber(text)),
                config -> config.release() / 1000 + "." + config.release() % 1000);
        add(
                "vmaLock",
                (draft, text) -> draft.vmaLock(constant(VmaLockStyle.class, text)),
                config -> config.vmaLock().name());
        add(
                "daxStyle",
                (draft, text) -> draft.daxStyle(constant(DaxStyle.class, text)),
                config -> config.daxStyle().name());
        add("ptReclaim", (draft, text) -> draft.ptReclaim(bool(text)), KernelConfig::ptReclaim);
        add(
                "tlbStyle",
                (draft, text) -> draft.tlbStyle(constant(TlbStyle.class, text)),
                config -> config.tlbStyle().name());
        add(
                "tableFree",
                (draft, text) -> draft.tableFree(constant(TableFree.class, text)),
                config -> config.tableFree().name());
        add("secretmem", (draft, text) -> draft.secretmem(bool(text)), KernelConfig::secretmem);
        add("softDirty", (draft, text) -> draft.softDirty(bool(text)), KernelConfig::softDirty);
        add("debugVm", (draft, text) -> draft.debugVm(bool(text)), KernelConfig::debugVm);
        add("refLimit", (draft, text) -> draft.refLimit(number(text)), KernelConfig::refLimit);
        add(
                "remedies",
                (draft, text) -> draft.remedies(remedies(text)),
                config -> config.remedies().stream().map(Remedy::name).toList());
        add("ptrsPerTable", (draft, text) -> draft.ptrsPerTable((int) number(text)), KernelConfig::ptrsPerTable);
    }

    /** How a knob is turned, and how it stands: a Boolean, a number, a word, or a list of words. */
    private record Knob(
            BiFunction<KernelConfigDraft, String, KernelConfigDraft> setter, Function<KernelConfig, Object> getter) {}

    private Knobs() {}

    private static void add(
            String name,
            BiFunction<KernelConfigDraft, String, KernelConfigDraft> setter,
            Function<KernelConfig, Object> getter) {
        KNOBS.put(name, new Knob(setter, getter));
    }

    /** The names of all knobs, in alphabetical order. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(KNOBS.keySet());
    }

    /**
     * How all knobs of {@code config} stand, in alphabetical order: a Boolean, a number, a word as {@code --set} takes
     * it, or a list of such words.
     */
    public static Map<String, Object> values(KernelConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        KNOBS.forEach((name, knob) -> values.put(name, knob.getter().apply(config)));
        return values;
    }

    /** The knobs that do not stand as in every kernel of the series of {@code config}, as {@code --set} takes them. */
    public static Map<String, String> changed(KernelConfig config) {
        Map<String, Object> defaults = values(KernelConfig.of(config.series()));
        Map<String, String> changed = new LinkedHashMap<>();
        values(config).forEach((name, value) -> {
            if (!value.equals(defaults.get(name))) {
                changed.put(name, word(value));
            }
        });
        return changed;
    }

    /** Settings as they are written after {@code --set}, with blanks between: {@code "gupFast=false release=6.12"}. */
    public static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String word(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
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
        Knob known = KNOBS.get(knob);
        if (known == null) {
            throw new IllegalArgumentException(
                    "unknown knob '" + knob + "'; there are " + String.join(", ", KNOBS.keySet()));
        }
        try {
            return known.setter().apply(draft, value.strip());
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
