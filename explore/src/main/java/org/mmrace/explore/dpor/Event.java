package org.mmrace.explore.dpor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Guard;

/** What is kept of one event of a {@link Trace}. */
final class Event {
    int task;
    int ordinal;
    int[] accesses = new int[4];
    long[] changes = new long[4];
    int size;

    /** How many of the accesses were known before the event. */
    int announced;

    int placesBefore;
    int[] clock = {};

    @Nullable
    Guard guard;

    /** It touches a place, perhaps not for the first time, which contains {@code contents} before it has its effect. */
    void touch(int place, boolean writes, long contents) {
        int access = place << 1 | (writes ? 1 : 0);
        for (int i = 0; i < size; i++) {
            if (accesses[i] >> 1 == place) {
                accesses[i] |= access;
                return;
            }
        }
        if (size == accesses.length) {
            accesses = Arrays.copyOf(accesses, 2 * size);
            changes = Arrays.copyOf(changes, 2 * size);
        }
        accesses[size] = access;
        changes[size++] = -contents;
    }
}
