package org.mmrace.explore;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Mazurkiewicz trace of an execution in 64 bits: two executions that differ only in the order of steps that commute
 * have the same one. The hash of a step is of its task, the step of that task before it, its verb, the last write of
 * each place it touches and, if it writes there, the reads since; so it stands for everything that happened before the
 * step. The trace is the sum over all steps, in which their order does not matter. No object needs a name: in a program
 * that does the same when it is scheduled the same, what happened before says which object comes next.
 */
final class TraceHash {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long TOUCH = 0xA0761D6478BD642FL;
    private static final long CHOICE = 0xD1B54A32D192ED03L;

    /** One cell or lock. */
    private static final class Location {
        private long lastWrite;
        private long readsSince;
    }

    /** Looked up only: its order, which differs from run to run, decides nothing. */
    private final Map<Object, Location[]> locations = new IdentityHashMap<>();

    private final long[] lastOfTask = new long[Schedule.TASKS_MAX];
    private int last;
    private long sum;

    /** {@code step} happens. */
    void happens(Step step) {
        last = step.number();
        long hash = mix(lastOfTask[last] + STEP * (1 + last) + step.verb().ordinal());
        Object object = step.object();
        if (object != null) {
            hash = after(hash, location(object, step.index()), step.writes());
        }
        for (Access access : step.further()) {
            hash = after(hash, location(access.object(), access.index()), access.writes());
        }
        if (object != null) {
            leave(hash, location(object, step.index()), step.writes());
        }
        for (Access access : step.further()) {
            leave(hash, location(access.object(), access.index()), access.writes());
        }
        lastOfTask[last] = hash;
        sum += hash;
    }

    /** The task of the last step touches one place more, as if in a step of its own. */
    void touched(Object object, int index, boolean writes) {
        Location location = location(object, index);
        long hash = after(mix(lastOfTask[last] + TOUCH), location, writes);
        leave(hash, location, writes);
        lastOfTask[last] = hash;
        sum += hash;
    }

    private static long after(long hash, Location location, boolean writes) {
        return mix(hash + location.lastWrite) + (writes ? mix(location.readsSince) : 0);
    }

    private static void leave(long hash, Location location, boolean writes) {
        if (writes) {
            location.lastWrite = hash;
            location.readsSince = 0;
        } else {
            location.readsSince += hash;
        }
    }

    /** Task {@code number} gets {@code value}. */
    void chooses(int number, int value) {
        lastOfTask[number] = mix(lastOfTask[number] + CHOICE * (1 + (long) value));
        sum += lastOfTask[number];
    }

    private Location location(Object object, int index) {
        @Nullable Location[] elements = locations.computeIfAbsent(object, key -> new Location[index + 1]);
        if (index >= elements.length) {
            elements = Arrays.copyOf(elements, Math.max(index + 1, 2 * elements.length));
            locations.put(object, elements);
        }
        Location location = elements[index];
        if (location == null) {
            location = new Location();
            elements[index] = location;
        }
        return location;
    }

    /** The trace until now. */
    long value() {
        return sum;
    }

    /** The finaliser of MurmurHash3 (Appleby): every bit of the result hangs on every bit of {@code z}. */
    static long mix(long z) {
        long x = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        x = (x ^ (x >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return x ^ (x >>> 33);
    }
}
