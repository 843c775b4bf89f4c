package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of a wakeup tree.
 *
 * @param task goes
 * @param values what it chooses then
 * @param glances what observers look at then
 * @param children what may go then, in the order in which it will be shown
 */
record Wakeup(int task, int[] values, Glances glances, List<Wakeup> children) {
    Wakeup(int task, int[] values, Glances glances) {
        this(task, values, glances, new ArrayList<>(2));
    }
}
