package org.mmrace.matrix;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import org.mmrace.statistics.KaplanMeier;

/** Times and counts in tables, short. */
public final class Amounts {
    private static final long SECOND_MILLIS = 1000;
    private static final long MANY = 10_000;

    private Amounts() {}

    /** {@code "1.2 s"}, {@code "14 ms"}, {@code "0.8 ms"}; {@code "< 0.1 ms"} for what is hardly any time. */
    public static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis >= SECOND_MILLIS) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        if (millis >= 10) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return millis >= 0.1 ? String.format(Locale.ROOT, "%.1f ms", millis) : "< 0.1 ms";
    }

    /** {@code "9999"}, {@code "12k"}, {@code "34M"}. */
    public static String count(long count) {
        if (count < MANY) {
            return String.valueOf(count);
        }
        return count < SECOND_MILLIS * MANY
                ? count / SECOND_MILLIS + "k"
                : count / (SECOND_MILLIS * SECOND_MILLIS) + "M";
    }

    /** {@code "114 [60, > 300]"}: the median, and the first and third quartile; of one observation the median alone. */
    public static String quartiles(KaplanMeier curve, LongFunction<String> format) {
        String median = quantile(curve, 0.5, format);
        return curve.size() == 1
                ? median
                : median + " [" + quantile(curve, 0.25, format) + ", " + quantile(curve, 0.75, format) + "]";
    }

    private static String quantile(KaplanMeier curve, double p, LongFunction<String> format) {
        OptionalDouble quantile = curve.quantile(p);
        return quantile.isPresent()
                ? format.apply(Math.round(quantile.getAsDouble()))
                : "> " + format.apply(Math.round(curve.last()));
    }
}
