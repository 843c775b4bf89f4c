package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of a wakeup tree.
 *
 * @param task goes
 * @param children what may go then, in the order in which it will be shown
 */
record Wakeup(int task, List<Wakeup> children) {
    Wakeup(int task) {
        this(task, new ArrayList<>(2));
    }
}
