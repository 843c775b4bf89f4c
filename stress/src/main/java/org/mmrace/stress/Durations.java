package org.mmrace.stress;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 250ms}, {@code 30s}, {@code 10m}, {@code 1.5h}; a number alone is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "", 1000L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it is none, or 0
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 250ms, 30s, 10m or 1h");
        }
        BigDecimal millis = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(MILLIS.getOrDefault(matcher.group(2), 1000L)));
        Duration duration = Duration.ofMillis(millis.longValue());
        if (duration.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is less than 1ms");
        }
        return duration;
    }

    /** {@code 0:03}, {@code 12:40}, {@code 1:00:00}. */
    public static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        String tail = String.format("%02d", seconds % 60);
        return seconds < 3600
                ? seconds / 60 + ":" + tail
                : seconds / 3600 + ":" + String.format("%02d", seconds / 60 % 60) + ":" + tail;
    }

    /** {@code 250ms}, {@code 1.2s}, {@code 10m}: as {@link #parse} reads it. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
