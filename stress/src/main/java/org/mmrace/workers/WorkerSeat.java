package org.mmrace.workers;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the workers one is.
 *
 * @param number from 0 on; 0 is the program that started the others
 * @param of how many there are
 */
public record WorkerSeat(int number, int of) {
    /** The only worker. */
    public static final WorkerSeat ALONE = new WorkerSeat(0, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there is no such seat
     */
    public WorkerSeat {
        if (number < 0 || number >= of) {
            throw new IllegalArgumentException("no worker " + number + " of " + of);
        }
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static WorkerSeat parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a number and how many, as in 2/4, not " + text);
        }
        return new WorkerSeat(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The seed of this worker where that of the exploration is {@code seed}: the first one has the same. */
    public long seed(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long mine = seed;
        for (int i = 0; i < number; i++) {
            mine = seeds.nextLong();
        }
        return mine;
    }

    /** How many of {@code executions} are this worker's; the shares add up. */
    public long share(long executions) {
        return executions / of + (number < executions % of ? 1 : 0);
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
