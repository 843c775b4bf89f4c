package org.mmrace.explore;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who went at each moment at which two tasks or more could go on. As text: a version, then a letter per decision (a for
 * task 0), with a count when it repeats: {@code "1:a5bca2"}.
 */
public final class Schedule {
    /** The most tasks that the letters of the text can name. */
    public static final int TASKS_MAX = 52;

    private static final String VERSION = "1:";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern RUN = Pattern.compile("([a-zA-Z])([1-9][0-9]{0,6})?");
    private static final int DECISIONS_MAX = 10_000_000;

    private final byte[] decisions;

    private Schedule(byte[] decisions) {
        this.decisions = decisions;
    }

    /** The first {@code size} of {@code decisions}, each the number of a task. */
    static Schedule of(byte[] decisions, int size) {
        return new Schedule(Arrays.copyOf(decisions, size));
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException with the place and what was expected there
     */
    public static Schedule parse(String text) {
        if (!text.startsWith(VERSION)) {
            throw new IllegalArgumentException(
                    "a schedule starts with \"" + VERSION + "\", this one does not: " + text);
        }
        byte[] decisions = new byte[Math.max(16, text.length())];
        int size = 0;
        Matcher run = RUN.matcher(text);
        for (int at = VERSION.length(); at < text.length(); at = run.end()) {
            if (!run.find(at) || run.start() != at) {
                throw new IllegalArgumentException(
                        "column " + (at + 1) + ": expected a letter and perhaps a count, in " + text);
            }
            int count = run.group(2) == null ? 1 : Integer.parseInt(run.group(2));
            if (size + count > DECISIONS_MAX) {
                throw new IllegalArgumentException(
                        "column " + (at + 1) + ": more than " + DECISIONS_MAX + " decisions");
            }
            if (size + count > decisions.length) {
                decisions = Arrays.copyOf(decisions, 2 * (size + count));
            }
            Arrays.fill(decisions, size, size + count, (byte) LETTERS.indexOf(run.group(1)));
            size += count;
        }
        return of(decisions, size);
    }

    /** How many decisions there are. */
    public int size() {
        return decisions.length;
    }

    /** The number of the task that went at decision {@code i}. */
    public int task(int i) {
        return decisions[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && Arrays.equals(decisions, schedule.decisions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(decisions);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION);
        int next;
        for (int i = 0; i < decisions.length; i = next) {
            next = i + 1;
            while (next < decisions.length && decisions[next] == decisions[i]) {
                next++;
            }
            text.append(LETTERS.charAt(decisions[i]));
            if (next - i > 1) {
                text.append(next - i);
            }
        }
        return text.toString();
    }
}
