package org.mmrace.explore;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was decided in an execution: who went at each moment at which two tasks or more could go on, and each value that
 * {@link Choices} gave. As text: the version of the format; the program, where it has a name; then a letter for each
 * task (a for task 0), with a count when it repeats, and {@code =2} for the value 2: {@code "2:1f3a9c04:a5b=2ca2"},
 * without a program {@code "2:a5b=2ca2"}. Nothing in it is special to a shell.
 */
public final class Schedule {
    /** The most tasks that the letters of the text can name. */
    public static final int TASKS_MAX = 52;

    /** The program of a schedule that does not name one. */
    public static final String ANY_PROGRAM = "";

    private static final int DECISIONS_MAX = 10_000_000;
    private static final String VERSION = "2";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern HEAD = Pattern.compile("([0-9]{1,9}):(?:([0-9a-f]{8}):)?");
    private static final Pattern RUN = Pattern.compile("([a-zA-Z])([1-9][0-9]{0,6})?|=(0|[1-9][0-9]{0,8})");
    private static final Pattern PROGRAM = Pattern.compile("[0-9a-f]{8}");

    private final String program;

    /** The number of a task, or ~v for the value v. */
    private final int[] decisions;

    private Schedule(String program, int[] decisions) {
        this.program = program;
        this.decisions = decisions;
    }

    /** Notes one decision after the other. */
    public static final class Builder {
        private int[] decisions = new int[32];
        private int size;

        private void add(int decision, int count) {
            if (size + count > decisions.length) {
                decisions = Arrays.copyOf(decisions, 2 * (size + count));
            }
            Arrays.fill(decisions, size, size + count, decision);
            size += count;
        }

        /**
         * Task {@code number} goes.
         *
         * @throws IllegalArgumentException when it has no letter
         */
        public Builder task(int number) {
            if (number < 0 || number >= TASKS_MAX) {
                throw new IllegalArgumentException("a task's number is 0 to " + (TASKS_MAX - 1) + ", not " + number);
            }
            add(number, 1);
            return this;
        }

        /**
         * {@link Choices} give {@code value}.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder data(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("a choice is not negative, as " + value + " is");
            }
            add(~value, 1);
            return this;
        }

        /**
         * The decisions until now, of {@code program}.
         *
         * @param program as {@link Subject#hash} names it, or {@link #ANY_PROGRAM}
         * @throws IllegalArgumentException when it is no such name
         */
        public Schedule build(String program) {
            if (!program.isEmpty() && !PROGRAM.matcher(program).matches()) {
                throw new IllegalArgumentException("a program is named by 8 hexadecimal digits, not by " + program);
            }
            return new Schedule(program, Arrays.copyOf(decisions, size));
        }
    }

    /** A schedule with the decisions of this one, for {@code program}; as {@link Builder#build}. */
    public Schedule of(String newProgram) {
        Builder copy = new Builder();
        for (int decision : decisions) {
            copy.add(decision, 1);
        }
        return copy.build(newProgram);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException with the column, from 1 on, and what was expected there
     */
    public static Schedule parse(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            throw new IllegalArgumentException("column 1: expected \"" + VERSION + ":\", in " + text);
        }
        if (!head.group(1).equals(VERSION)) {
            throw new IllegalArgumentException("column 1: a schedule of version " + head.group(1)
                    + ", and this program reads version " + VERSION + ": " + text);
        }
        Builder decisions = new Builder();
        Matcher run = RUN.matcher(text);
        for (int at = head.end(); at < text.length(); at = run.end()) {
            run.region(at, text.length());
            if (!run.lookingAt()) {
                throw expected(at, text);
            }
            if (run.group(3) != null) {
                decisions.add(~Integer.parseInt(run.group(3)), 1);
            } else {
                int count = run.group(2) == null ? 1 : Integer.parseInt(run.group(2));
                if (decisions.size + count > DECISIONS_MAX) {
                    throw new IllegalArgumentException(
                            "column " + (at + 1) + ": more than " + DECISIONS_MAX + " decisions");
                }
                decisions.add(LETTERS.indexOf(run.group(1)), count);
            }
        }
        return decisions.build(head.group(2) == null ? ANY_PROGRAM : head.group(2));
    }

    private static IllegalArgumentException expected(int at, String text) {
        String what = text.charAt(at) == '='
                ? "a number of up to 9 digits behind ="
                : "a letter and perhaps a count, or = and a number";
        int column = text.charAt(at) == '=' ? at + 2 : at + 1;
        return new IllegalArgumentException("column " + column + ": expected " + what + ", in " + text);
    }

    /** The program that it was made for, as {@link Subject#hash} names it, or {@link #ANY_PROGRAM}. */
    public String program() {
        return program;
    }

    /**
     * Checks that it is of {@code asked}. A schedule without a program fits every program, and every schedule fits a
     * program without a name.
     *
     * @throws StaleScheduleException when it was made for another program
     */
    public void requireProgram(String asked) {
        if (!program.isEmpty() && !asked.isEmpty() && !program.equals(asked)) {
            throw new StaleScheduleException(program, asked);
        }
    }

    /** How many decisions there are, both kinds together. */
    public int size() {
        return decisions.length;
    }

    /** Whether decision {@code i} is a value, not a task. */
    public boolean isData(int i) {
        return decisions[i] < 0;
    }

    /**
     * The number of the task that went at decision {@code i}.
     *
     * @throws IllegalArgumentException when that decision is a value
     */
    public int task(int i) {
        if (isData(i)) {
            throw new IllegalArgumentException("decision " + (i + 1) + " of " + this + " is a value");
        }
        return decisions[i];
    }

    /**
     * The value that was chosen at decision {@code i}.
     *
     * @throws IllegalArgumentException when that decision is a task
     */
    public int data(int i) {
        if (!isData(i)) {
            throw new IllegalArgumentException("decision " + (i + 1) + " of " + this + " is a task");
        }
        return ~decisions[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule
                && program.equals(schedule.program)
                && Arrays.equals(decisions, schedule.decisions);
    }

    @Override
    public int hashCode() {
        return 31 * program.hashCode() + Arrays.hashCode(decisions);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION).append(':');
        if (!program.isEmpty()) {
            text.append(program).append(':');
        }
        int next;
        for (int i = 0; i < decisions.length; i = next) {
            next = i + 1;
            if (isData(i)) {
                text.append('=').append(data(i));
                continue;
            }
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
