package org.mmrace.explore.race;

/**
 * Two accesses of two tasks to one cell, one of them plain and one of them a store, that nothing orders: on a real
 * machine the compiler and the CPU may do with the plain one what they like (KCSAN's definition, and that of
 * tools/memory-model).
 *
 * @param cell what reports call the cell
 * @param first the access that came first in this execution
 * @param second the other one
 * @param before what the cell held before the store of the two
 * @param after what it held behind it
 */
public record DataRace(String cell, RacingAccess first, RacingAccess second, long before, long after) {
    /** Two races are the same if their accesses are the same in the program, whichever came first. */
    public boolean sameSource(DataRace other) {
        return (place(first).equals(other.place(other.first)) && place(second).equals(other.place(other.second)))
                || (place(first).equals(other.place(other.second))
                        && place(second).equals(other.place(other.first)));
    }

    private String place(RacingAccess access) {
        Object where = access.functions().isEmpty()
                ? cell
                : access.functions().stream().limit(3).toList();
        return access.verb() + " " + where;
    }

    /** In one line. */
    public String title() {
        return "DATA RACE on " + cell + ": " + first.verb().word() + " in " + first.function() + " by " + first.task()
                + " and " + second.verb().word() + " in " + second.function() + " by " + second.task();
    }

    /** In a few lines, as KCSAN prints it. */
    @Override
    public String toString() {
        return title() + "\n"
                + describe(first)
                + describe(second)
                + (before == after
                        ? "  value unchanged: " + value(before)
                        : "  value changed: " + value(before) + " -> " + value(after));
    }

    private static String describe(RacingAccess access) {
        return "  " + access + "\n"
                + (access.functions().isEmpty() ? "" : "    " + FunctionNames.stack(access.functions()) + "\n");
    }

    private static String value(long value) {
        return value < 10 && value > -10 ? String.valueOf(value) : "0x" + Long.toHexString(value);
    }
}
