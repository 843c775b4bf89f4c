package org.mmrace.explore.dpor;

import java.util.Arrays;
import org.mmrace.explore.DivergedException;

/** The values that were chosen behind one event, and which others have been shown there. */
final class Values {
    private static final int[] NONE = {};

    private int[] firsts = NONE;
    private int[] tried = NONE;
    private int[] bounds = NONE;
    private int size;
    private int asked;
    private int[] hint = NONE;

    /** Nothing has been chosen; let the first values be those of {@code newHint}. */
    void clear(int[] newHint) {
        size = 0;
        hint = newHint;
    }

    /** The same choices come once more. */
    void rewind() {
        asked = 0;
    }

    /** Chooses, the same as before if this choice has been before. */
    int choose(int bound) {
        if (asked == size) {
            grow(bound);
        } else if (bounds[asked] != bound) {
            throw new DivergedException("a value was one of " + bounds[asked] + ", and now is one of " + bound
                    + ": the program does not do the same when it is scheduled the same");
        }
        return value(asked++);
    }

    private void grow(int bound) {
        if (size == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * size + 2);
            tried = Arrays.copyOf(tried, 2 * size + 2);
            bounds = Arrays.copyOf(bounds, 2 * size + 2);
        }
        firsts[size] = size < hint.length && hint[size] < bound ? hint[size] : 0;
        tried[size] = 0;
        bounds[size++] = bound;
    }

    private int value(int i) {
        return (firsts[i] + tried[i]) % bounds[i];
    }

    /** Whether there are other values; the next execution gets them. */
    boolean advance() {
        while (size > 0) {
            if (++tried[size - 1] < bounds[size - 1]) {
                return true;
            }
            size--;
        }
        return false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What was chosen. */
    int[] chosen() {
        int[] chosen = size == 0 ? NONE : new int[size];
        for (int i = 0; i < size; i++) {
            chosen[i] = value(i);
        }
        return chosen;
    }
}
