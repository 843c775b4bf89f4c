package org.mmrace.explore.race;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has happened to one cell (FastTrack, Flanagan and Freund, PLDI 2009), with marked accesses kept apart. */
final class Cell {
    private static final VectorClock NOTHING = new VectorClock();

    /** What loads of it make known. */
    VectorClock released = NOTHING;

    private @Nullable Seen plainStore;
    private @Nullable Seen[] plainLoads = {};
    private @Nullable Seen[] markedStores = {};
    private @Nullable Seen[] markedLoads = {};

    /**
     * The earlier access that races with {@code now}, if there is one; then {@code now} is an earlier one.
     *
     * @param clock what the task of {@code now} knows
     */
    @Nullable
    Seen access(Seen now, VectorClock clock) {
        boolean plain = RacingAccess.isPlain(now.verb());
        boolean store = now.verb().writes();
        Seen race = unknown(plainStore, now, clock);
        if (race == null && store) {
            race = unknown(plainLoads, now, clock);
        }
        if (race == null && plain) {
            race = unknown(markedStores, now, clock);
        }
        if (race == null && plain && store) {
            race = unknown(markedLoads, now, clock);
        }
        note(now, plain, store);
        return race;
    }

    private void note(Seen now, boolean plain, boolean store) {
        if (plain && store) {
            plainStore = now;
            plainLoads = new Seen[0]; // whoever races with one of them races with this store, or has been reported
        } else if (plain) {
            plainLoads = with(plainLoads, now);
        } else if (store) {
            markedStores = with(markedStores, now);
        } else {
            markedLoads = with(markedLoads, now);
        }
    }

    private static @Nullable Seen[] with(@Nullable Seen[] all, Seen now) {
        @Nullable Seen[] enough = now.task() < all.length ? all : Arrays.copyOf(all, now.task() + 1);
        enough[now.task()] = now;
        return enough;
    }

    private static @Nullable Seen unknown(@Nullable Seen[] earlier, Seen now, VectorClock clock) {
        for (Seen seen : earlier) {
            if (unknown(seen, now, clock) != null) {
                return seen;
            }
        }
        return null;
    }

    private static @Nullable Seen unknown(@Nullable Seen earlier, Seen now, VectorClock clock) {
        return earlier == null || earlier.task() == now.task() || clock.of(earlier.task()) >= earlier.count()
                ? null
                : earlier;
    }
}
