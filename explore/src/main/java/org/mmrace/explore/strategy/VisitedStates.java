package org.mmrace.explore.strategy;

import java.util.Arrays;

/**
 * Which states a search has been in, by their hash of 128 bits, and how many preemptions it had left there. With s
 * states the probability that any two have one hash is s^2/2^128 at most: for six million, 10^-25.
 */
final class VisitedStates {
    private static final int CAPACITY_LEAST = 1 << 10;

    private final int most;
    private long[] slots = new long[2 * CAPACITY_LEAST];
    private int[] budgets = new int[CAPACITY_LEAST];
    private int size;
    private long forgotten;

    /** None; remembers {@code most} at most. */
    VisitedStates(int most) {
        this.most = most;
    }

    /** How many it remembers. */
    int size() {
        return size;
    }

    /** How many states came when it was full; a state that came twice counts twice. */
    long forgotten() {
        return forgotten;
    }

    /** Remembers none. */
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /**
     * The search is in a state, with {@code budget} preemptions left: whether that is new, because it has not been
     * there, or had less left.
     */
    boolean add(Hash128 state, int budget) {
        int slot = slotOf(slots, state.high, state.low | 1);
        if (slots[2 * slot + 1] != 0) {
            boolean more = budget > budgets[slot];
            budgets[slot] = Math.max(budget, budgets[slot]);
            return more;
        }
        if (size == most) {
            forgotten++;
            return true;
        }
        slots[2 * slot] = state.high;
        slots[2 * slot + 1] = state.low | 1; // 0 marks a free slot
        budgets[slot] = budget;
        size++;
        if (size > budgets.length / 4 * 3) {
            grow();
        }
        return true;
    }

    /** Whether the search has been in a state; when the memory is full, perhaps. */
    boolean has(Hash128 state) {
        return size == most || slots[2 * slotOf(slots, state.high, state.low | 1) + 1] != 0;
    }

    /** Where a state is, or the free slot where it belongs. */
    private static int slotOf(long[] in, long high, long low) {
        int mask = in.length / 2 - 1;
        int slot = (int) high & mask;
        while (in[2 * slot + 1] != 0 && (in[2 * slot] != high || in[2 * slot + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] newSlots = new long[2 * slots.length];
        int[] newBudgets = new int[2 * budgets.length];
        for (int old = 0; old < budgets.length; old++) {
            if (slots[2 * old + 1] != 0) {
                int slot = slotOf(newSlots, slots[2 * old], slots[2 * old + 1]);
                newSlots[2 * slot] = slots[2 * old];
                newSlots[2 * slot + 1] = slots[2 * old + 1];
                newBudgets[slot] = budgets[old];
            }
        }
        slots = newSlots;
        budgets = newBudgets;
    }
}
