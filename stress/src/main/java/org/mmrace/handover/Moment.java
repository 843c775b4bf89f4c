package org.mmrace.handover;

import java.util.List;

/**
 * A moment of a campaign: how far each worker had come.
 *
 * @param focus what is looked at
 * @param last the last operation of each worker that counts
 */
record Moment(Focus focus, List<Log.Entry> last) {
    /** Keeps its own copy. */
    Moment {
        last = List.copyOf(last);
    }
}
