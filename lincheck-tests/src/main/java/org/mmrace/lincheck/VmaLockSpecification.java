package org.mmrace.lincheck;

import java.util.List;

/**
 * A register that holds two equal flags. A try to read fails only while a writer is between its two points: the VMA is
 * write-locked, and unlocked with the change.
 */
public final class VmaLockSpecification implements PointsSpecification {
    private boolean value;
    private boolean locked;

    /** Both flags are clear. */
    public VmaLockSpecification() {}

    @Override
    public VmaLockSpecification copy() {
        VmaLockSpecification copy = new VmaLockSpecification();
        copy.value = value;
        copy.locked = locked;
        return copy;
    }

    @Override
    public int alternatives(String operation) {
        return 1;
    }

    @Override
    public Object point(String operation, List<?> arguments, Pending pending, int alternative) {
        return switch (operation) {
            case "set" -> set((boolean) arguments.get(0), pending, "0");
            case "setAndDowngrade" -> set((boolean) arguments.get(0), pending, text((boolean) arguments.get(0)));
            case "tryRead" -> locked ? "busy" : text(value);
            case "read" -> locked ? BLOCKED : text(value);
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private Object set(boolean newValue, Pending pending, String result) {
        if (!pending.locked()) {
            if (locked) {
                return BLOCKED;
            }
            locked = true;
            pending.lock();
            return MORE;
        }
        locked = false;
        value = newValue;
        return result;
    }

    private static String text(boolean flags) {
        return flags + " " + flags;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VmaLockSpecification that && that.value == value && that.locked == locked;
    }

    @Override
    public int hashCode() {
        return (value ? 2 : 0) + (locked ? 1 : 0);
    }
}
