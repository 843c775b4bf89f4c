package org.mmrace.explore.choose;

/**
 * The number that the name of a strategy may end with.
 *
 * @param letter what it is called in the synopsis, such as D in {@code pct:D}
 * @param least the smallest one
 * @param most the largest one
 * @param ifAbsent what holds when the name ends without it; {@link #NONE} for a strategy without that number
 */
public record Parameter(String letter, int least, int most, int ifAbsent) {
    /** The value of a parameter that was not given, where that means something of its own. */
    public static final int NONE = -1;

    /** {@code "a number from 1 to 5"}. */
    @Override
    public String toString() {
        return most == Integer.MAX_VALUE ? "a number from " + least + " on" : "a number from " + least + " to " + most;
    }
}
