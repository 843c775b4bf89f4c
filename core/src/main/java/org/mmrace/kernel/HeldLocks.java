package org.mmrace.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The locks that one task holds, in the order it took them. Changed by that task only; a watchdog may read it from
 * outside, and then sees a recent state.
 */
public final class HeldLocks {
    private @Nullable Lockable[] locks = new @Nullable Lockable[16];
    private LockMode[] modes = new LockMode[16];
    private int size;

    HeldLocks() {}

    /** How many locks are held. */
    public int size() {
        return size;
    }

    /** The {@code i}-th lock held, 0 the one taken first. */
    public @Nullable Lockable lock(int i) {
        return locks[i];
    }

    /** How the {@code i}-th lock is held. */
    public LockMode mode(int i) {
        return modes[i];
    }

    /** How {@code lock} is held, or null. */
    public @Nullable LockMode modeOf(Lockable lock) {
        for (int i = size - 1; i >= 0; i--) {
            if (locks[i] == lock) {
                return modes[i];
            }
        }
        return null;
    }

    /** How a lock of class {@code lockClass} is held, the most recent one if there are several, or null. */
    public @Nullable LockMode modeOf(LockClass lockClass) {
        for (int i = size - 1; i >= 0; i--) {
            Lockable lock = locks[i];
            if (lock != null && lock.lockClass() == lockClass) {
                return modes[i];
            }
        }
        return null;
    }

    void push(Lockable lock, LockMode mode) {
        if (size == locks.length) {
            locks = Arrays.copyOf(locks, 2 * size);
            modes = Arrays.copyOf(modes, 2 * size);
        }
        locks[size] = lock;
        modes[size] = mode;
        size++;
    }

    void remove(Lockable lock) {
        for (int i = size - 1; i >= 0; i--) {
            if (locks[i] == lock) {
                System.arraycopy(locks, i + 1, locks, i, size - i - 1);
                System.arraycopy(modes, i + 1, modes, i, size - i - 1);
                size--;
                locks[size] = null;
                return;
            }
        }
    }

    void downgrade(Lockable lock) {
        for (int i = size - 1; i >= 0; i--) {
            if (locks[i] == lock) {
                modes[i] = LockMode.READ;
                return;
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(locks[i]).append(modes[i] == LockMode.READ ? " (R)" : " (W)");
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }
}
