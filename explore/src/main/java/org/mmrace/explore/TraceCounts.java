package org.mmrace.explore;

/**
 * How many different traces there were, and what that says about those that nobody has seen (Good 1953; Chao 1984;
 * Böhme, STADS, TOSEM 2018). Memory is bounded: at {@link #DISTINCT_MAX} traces it stops counting, and its figures stay
 * those of the executions until then; the estimates remain valid then, because the next execution is never more likely
 * to show something new than an earlier one was.
 */
public final class TraceCounts {
    /** The most traces that are told apart: 72 MB. */
    public static final int DISTINCT_MAX = 1 << 22;

    private static final int SLOTS_FIRST = 1 << 10;
    private static final int MANY = 3;

    /** One-sided 95 % of a normal distribution. */
    private static final double DEVIATIONS = 1.645;

    private final int distinctMax;
    private long[] keys = new long[SLOTS_FIRST];
    private byte[] counts = new byte[SLOTS_FIRST];
    private int distinct;
    private long once;
    private long twice;
    private long executions;
    private boolean full;

    /** With the usual bound. */
    public TraceCounts() {
        this(DISTINCT_MAX);
    }

    TraceCounts(int distinctMax) {
        this.distinctMax = distinctMax;
    }

    /** One execution has had {@code trace}. */
    public void add(long trace) {
        if (full) {
            return;
        }
        int slot = slot(keys, counts, trace);
        if (counts[slot] == 0) {
            if (distinct == distinctMax) {
                full = true;
                return;
            }
            keys[slot] = trace;
            distinct++;
            once++;
        } else if (counts[slot] == 1) {
            once--;
            twice++;
        } else if (counts[slot] == 2) {
            twice--;
        }
        counts[slot] = (byte) Math.min(counts[slot] + 1, MANY);
        executions++;
        if (2 * distinct > keys.length) {
            grow();
        }
    }

    /** Where {@code trace} is, or is to be. */
    private static int slot(long[] keys, byte[] counts, long trace) {
        int mask = keys.length - 1;
        int slot = (int) TraceHash.mix(trace) & mask;
        while (counts[slot] != 0 && keys[slot] != trace) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] newKeys = new long[2 * keys.length];
        byte[] newCounts = new byte[newKeys.length];
        for (int old = 0; old < keys.length; old++) {
            if (counts[old] != 0) {
                int slot = slot(newKeys, newCounts, keys[old]);
                newKeys[slot] = keys[old];
                newCounts[slot] = counts[old];
            }
        }
        keys = newKeys;
        counts = newCounts;
    }

    /** How many different traces there were. */
    public int distinct() {
        return distinct;
    }

    /** How many of them one execution only has had. */
    public long once() {
        return once;
    }

    /** How many of them exactly two executions have had. */
    public long twice() {
        return twice;
    }

    /** How many executions these figures are of. */
    public long executions() {
        return executions;
    }

    /** Whether there were more traces than can be told apart, so that the later executions do not count. */
    public boolean full() {
        return full;
    }

    /**
     * The probability that the next execution shows a new trace, estimated (Good-Turing): the share of executions whose
     * trace nobody else has had. For executions that are independent and alike; 1 when there was none.
     */
    public double newTraceEstimate() {
        return executions == 0 ? 1 : (double) once / executions;
    }

    /**
     * An upper bound of that probability, with 95 % confidence: 1.645 standard deviations of the estimate (Esty, Ann.
     * Statist. 1983) above it, corrected for small counts as Wilson's interval is, and never less than the rule of
     * three.
     */
    public double newTraceBound() {
        if (executions == 0) {
            return 1;
        }
        double estimate = newTraceEstimate();
        double half = DEVIATIONS / 2;
        double deviation = Math.sqrt(once * (1 - estimate) + 2.0 * twice + half * half);
        double bound = estimate + DEVIATIONS * (half + deviation) / executions;
        return Math.min(1, Math.max(bound, ruleOfThree(executions)));
    }

    /** How many traces there are at least, those included that nobody has seen (Chao1, bias-corrected). */
    public double tracesAtLeast() {
        return distinct + once * (once - 1.0) / (2 * (twice + 1.0));
    }

    /** How likely at most is what never happened in {@code executions} independent executions, with 95 % confidence. */
    public static double ruleOfThree(long executions) {
        return executions == 0 ? 1 : Math.min(1, 3.0 / executions);
    }
}
