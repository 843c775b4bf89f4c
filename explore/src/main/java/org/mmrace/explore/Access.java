package org.mmrace.explore;

/**
 * One place that a step touches. Steps of two tasks that touch a place commute unless one of them writes there.
 *
 * @param object a cell, a lock or a CPU
 * @param index which part of it, 0 for one without parts
 * @param writes whether the step may change it in a way that others can tell from another change: readers of a
 *     semaphore, who only count themselves, do not
 */
public record Access(Object object, int index, boolean writes) {
    /**
     * What the place contains now, as one number. Changes add up: the number after several steps is the first one plus
     * the differences that they made, in whatever order those happened that commute. 0 for what no step waits for.
     */
    public static long contents(Object object, int index) {
        return ControlledContents.of(object, index);
    }

    /** Whether steps change {@code object} and say so: a cell, a lock or a CPU, and no ghost. */
    public static boolean isAnnounced(Object object) {
        return ControlledContents.isCell(object);
    }
}
