package org.mmrace.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
            return knobs.isEmpty()
                    ? "defaults"
                    : knobs.entrySet().stream()
                            .map(knob -> knob.getKey() + "=" + knob.getValue())
                            .collect(Collectors.joining(" "));
        }
    }

    private KnobRotation() {}

    private static Map<String, String> knobs(String... words) {
        Map<String, String> knobs = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            knobs.put(words[i], words[i + 1]);
        }
        return knobs;
    }

    /**
     * The first {@code count} combinations on top of {@code whole}, each for its share of the time, or for all the
     * operations.
     *
     * @throws IllegalArgumentException when there are not so many, or one contradicts what {@code whole} has
     */
    public static List<Turn> of(StressConfig whole, int count) {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("rotate must be between 1 and " + MAX + ", not " + count);
        }
        List<Turn> turns = new ArrayList<>();
        for (Map<String, String> knobs : COMBINATIONS.subList(0, count)) {
            StressConfig.Draft draft = StressConfig.of(Knobs.set(whole.kernel(), knobs))
                    .threads(whole.threads())
                    .processes(whole.processes())
                    .seed(whole.seed())
                    .duration(whole.duration().dividedBy(count))
                    .opsPerThread(whole.opsPerThread())
                    .epoch(whole.epoch())
                    .epochOps(whole.epochOps())
                    .mix(whole.mix())
                    .monitors(whole.monitors())
                    .processesDisjoint(whole.processesDisjoint());
            turns.add(new Turn(knobs, draft.build()));
        }
        return turns;
    }
}
