package org.mmrace.explore.dpor;

import java.util.Arrays;

/** The accesses to one place, in their order, and what it contained before them. */
final class History {
    final long initial;
    final int look;
    int[] accesses = new int[4];
    int size;

    History(long initial, int look) {
        this.initial = initial;
        this.look = look;
    }

    void add(int access) {
        if (size == accesses.length) {
            accesses = Arrays.copyOf(accesses, 2 * size);
        }
        accesses[size++] = access;
    }
}
