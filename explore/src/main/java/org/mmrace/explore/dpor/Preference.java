package org.mmrace.explore.dpor;

import org.mmrace.explore.Choice;

/**
 * Who goes where a reduction is free to choose.
 *
 * @param first the task that goes before the others, then those behind it
 */
record Preference(int first) {
    /** One of the tasks, best the one that has just run, unless it turns a loop; NONE if there is none. */
    int any(Choice choice, long tasks) {
        int current = choice.current();
        int number =
                current == Choice.NONE ? Choice.NONE : choice.enabled(current).number();
        long others = number == Choice.NONE ? tasks : tasks & ~(1L << number);
        boolean stays = tasks != others && (others == 0 || !choice.shouldYield(current));
        if (stays) {
            return number;
        }
        if (others == 0) {
            return Choice.NONE;
        }
        long later = others & -1L << first;
        return Long.numberOfTrailingZeros(later == 0 ? others : later);
    }

    /** The strategy of this name, with the task that goes first unless that is the one that would anyway. */
    String named(String name) {
        return first == 0 ? name : name + ":" + first;
    }
}
