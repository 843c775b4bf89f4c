package org.mmrace.explore;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what an exploration has found or proved, and no more than that: probabilities are upper bounds with 95 %
 * confidence, rounded up, and are given only for executions that are independent and alike.
 */
public final class VerdictText {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.CEILING);

    private VerdictText() {}

    static String of(
            Strategy strategy,
            boolean complete,
            long executions,
            long bad,
            long firstBad,
            @Nullable Object found,
            @Nullable TraceCounts traces) {
        if (bad > 0) {
            return number(bad) + " of " + count(executions, "execution") + " bad, first number " + number(firstBad)
                    + ": " + found;
        }
        if (complete && !strategy.proved(executions).isEmpty()) {
            return strategy.proved(executions) + ", complete, no violation";
        }
        String looked = count(executions, "execution") + ", no violation";
        if (!strategy.independent()) {
            return looked + "; says nothing about other schedules";
        }
        String next =
                looked + "; probability that the next one shows one <= " + percent(TraceCounts.ruleOfThree(executions));
        return (traces == null ? next : next + ", a new trace <= " + newTrace(traces)) + " (95 % confidence)";
    }

    private static String newTrace(TraceCounts traces) {
        String among = traces.full() ? " in the first " + count(traces.executions(), "execution") : "";
        return percent(traces.newTraceBound()) + ", " + count(traces.distinct(), "trace") + " seen" + among;
    }

    /** Such as {@code "all 433 traces"} and {@code "the only trace"}. */
    public static String all(long n, String what) {
        return n == 1 ? "the only " + what : "all " + count(n, what);
    }

    /** Such as {@code "1 trace"} and {@code "12,000 traces"}. */
    public static String count(long n, String what) {
        return number(n) + " " + what + (n == 1 ? "" : "s");
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Two digits, rounded up, such as {@code "0.81 %"}. */
    private static String percent(double probability) {
        return new BigDecimal(100 * probability)
                        .round(TWO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
