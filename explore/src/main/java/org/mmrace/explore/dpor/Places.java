package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places that an execution touches, numbered in the order in which it comes to them. Executions with a common
 * beginning number the places of that beginning alike, although each has objects of its own.
 */
final class Places {
    /** Not touched so far. */
    static final int NEW = -1;

    private record Place(Object object, int index) {}

    private final Map<Object, int[]> numbers = new IdentityHashMap<>();
    private final List<Place> places = new ArrayList<>();

    void clear() {
        numbers.clear();
        places.clear();
    }

    int size() {
        return places.size();
    }

    /** The number of a place, or {@link #NEW}. */
    int find(Object object, int index) {
        int[] known = numbers.get(object);
        if (known != null) {
            for (int i = 0; i < known.length; i += 2) {
                if (known[i] == index) {
                    return known[i + 1];
                }
            }
        }
        return NEW;
    }

    /** The number of a place, given now if it has none. */
    int number(Object object, int index) {
        int found = find(object, index);
        return found == NEW ? add(object, index) : found;
    }

    private int add(Object object, int index) {
        int number = places.size();
        places.add(new Place(object, index));
        int[] known = numbers.get(object);
        int[] longer = known == null ? new int[2] : Arrays.copyOf(known, known.length + 2);
        longer[longer.length - 2] = index;
        longer[longer.length - 1] = number;
        numbers.put(object, longer);
        return number;
    }

    Object object(int number) {
        return places.get(number).object;
    }

    int index(int number) {
        return places.get(number).index;
    }
}
