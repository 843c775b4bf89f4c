package org.mmrace.stress;

import java.util.function.Predicate;
import java.util.stream.Stream;

/** Slots that an operation makes sense for. */
final class SlotSet {
    static final SlotSet ALL = of(slot -> true);

    private final Slot[] slots;
    private final long mask;

    private SlotSet(Slot[] slots) {
        this.slots = slots;
        long bits = 0;
        for (Slot slot : slots) {
            bits |= 1L << slot.ordinal();
        }
        this.mask = bits;
    }

    static SlotSet of(Predicate<Slot> condition) {
        return new SlotSet(Stream.of(Slot.values()).filter(condition).toArray(Slot[]::new));
    }

    static SlotSet of(Slot... slots) {
        return new SlotSet(slots.clone());
    }

    boolean contains(Slot slot) {
        return (mask & 1L << slot.ordinal()) != 0;
    }

    int size() {
        return slots.length;
    }

    Slot get(int i) {
        return slots[i];
    }
}
