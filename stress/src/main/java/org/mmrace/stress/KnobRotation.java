package org.mmrace.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;

/**
 * Combinations of knobs that campaigns take in turn: each knob away from its default alone first, then several at once.
 */
public final class KnobRotation {
    private static final List<Map<String, String>> COMBINATIONS = List.of(
            knobs(),
            knobs("pteSpecial", "false"),
            knobs("vmaLock", "REFCNT"),
            knobs("daxStyle", "REFCOUNTED"),
            knobs("tlbStyle", "BROADCAST"),
            knobs("tableFree", "IPI"),
            knobs("ptReclaim", "true"),
            knobs("vmaLock", "NONE"),
            knobs("softDirty", "true"),
            knobs("secretmem", "true"),
            knobs("gupFast", "false"),
            knobs("ptrsPerTable", "8"),
            knobs("vmaLock", "REFCNT", "daxStyle", "REFCOUNTED", "tlbStyle", "BROADCAST", "ptReclaim", "true"),
            knobs("pteSpecial", "false", "daxStyle", "REFCOUNTED", "vmaLock", "REFCNT"),
            knobs("vmaLock", "NONE", "tableFree", "IPI", "ptrsPerTable", "512"),
            knobs("pteSpecial", "false", "gupFast", "false", "tlbStyle", "BROADCAST", "softDirty", "true"));

    /** How many there are. */
    public static final int MAX = COMBINATIONS.size();

    /**
     * One turn.
     *
     * @param knobs what differs from the defaults, in the words of {@link Knobs}
     * @param config the campaign
     */
    public record Turn(Map<String, String> knobs, StressConfig config) {
        /** The knobs as {@code "vmaLock=REFCNT ptReclaim=true"}; {@code "defaults"} if there are none. */
        public String name() {
            return KnobRotation.name(knobs);
        }
    }

    private final List<Turn> turns;
    private final List<String> skipped;

    private KnobRotation(List<Turn> turns, List<String> skipped) {
        this.turns = List.copyOf(turns);
        this.skipped = List.copyOf(skipped);
    }

    /** What is to be run, in order; at least one. */
    public List<Turn> turns() {
        return turns;
    }

    /** The combinations that are left out, each with why, in words. */
    public List<String> skipped() {
        return skipped;
    }

    private static Map<String, String> knobs(String... words) {
        Map<String, String> knobs = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            knobs.put(words[i], words[i + 1]);
        }
        return knobs;
    }

    /**
     * The first {@code count} combinations on top of {@code whole}, each for its share of the time, or for all the
     * operations. Left out is what is no kernel with the knobs that the user has set, and what is one of the others.
     *
     * @param fixed the knobs that stay as {@code whole} has them
     * @throws IllegalArgumentException when there are not so many
     */
    public static KnobRotation of(StressConfig whole, Set<String> fixed, int count) {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("rotate must be between 1 and " + MAX + ", not " + count);
        }
        Map<KernelConfig, Map<String, String>> kernels = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        for (Map<String, String> combination : COMBINATIONS.subList(0, count)) {
            Map<String, String> knobs = new LinkedHashMap<>(combination);
            knobs.keySet().removeAll(fixed);
            try {
                KernelConfig kernel = Knobs.set(whole.kernel(), knobs);
                Map<String, String> same = kernels.putIfAbsent(kernel, knobs);
                if (same != null) {
                    skipped.add("no turn with " + name(combination) + ": it is that with " + name(same));
                }
            } catch (IllegalArgumentException e) {
                skipped.add("no turn with " + name(combination) + ": " + e.getMessage());
            }
        }
        List<Turn> turns = new ArrayList<>();
        kernels.forEach((kernel, knobs) -> turns.add(new Turn(knobs, turn(whole, kernel, kernels.size()))));
        return new KnobRotation(turns, skipped);
    }

    private static StressConfig turn(StressConfig whole, KernelConfig kernel, int count) {
        return StressConfig.of(kernel)
                .threads(whole.threads())
                .processes(whole.processes())
                .seed(whole.seed())
                .duration(whole.duration().dividedBy(count))
                .opsPerThread(whole.opsPerThread())
                .epoch(whole.epoch())
                .epochOps(whole.epochOps())
                .mix(whole.mix())
                .monitors(whole.monitors())
                .processesDisjoint(whole.processesDisjoint())
                .build();
    }

    private static String name(Map<String, String> knobs) {
        return knobs.isEmpty() ? "defaults" : Knobs.text(knobs);
    }
}
