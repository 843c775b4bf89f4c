package org.mmrace.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What is inside the cells, without verbs and without atomicity: for the scheduler that runs one task at a time and
 * implements the verbs itself. TidyTest lets nobody else use this class.
 */
public final class RawCells {
    private RawCells() {}

    /** What the cell holds. */
    public static long get(Word cell) {
        return cell.value;
    }

    /** Makes the cell hold {@code value}. */
    public static void set(Word cell, long value) {
        cell.value = value;
    }

    /** Adds {@code delta}: the sum. */
    public static long add(Word cell, long delta) {
        return cell.value += delta;
    }

    /** Stores {@code update} if the cell holds {@code expected}: whether it did. */
    public static boolean cmpxchg(Word cell, long expected, long update) {
        boolean equal = cell.value == expected;
        cell.value = equal ? update : cell.value;
        return equal;
    }

    /** What element {@code index} holds. */
    public static long get(WordArray cells, int index) {
        return cells.values[index];
    }

    /** Makes element {@code index} hold {@code value}. */
    public static void set(WordArray cells, int index, long value) {
        cells.values[index] = value;
    }

    /** Adds {@code delta} to element {@code index}: the sum. */
    public static long add(WordArray cells, int index, long delta) {
        return cells.values[index] += delta;
    }

    /** Stores {@code update} in element {@code index} if it holds {@code expected}: whether it did. */
    public static boolean cmpxchg(WordArray cells, int index, long expected, long update) {
        boolean equal = cells.values[index] == expected;
        cells.values[index] = equal ? update : cells.values[index];
        return equal;
    }

    /** Where the pointer points to. */
    @SuppressWarnings("unchecked") // set() stores nothing but a T
    public static <T> @Nullable T get(RcuPointer<T> pointer) {
        return (T) pointer.target;
    }

    /** Makes the pointer point to {@code target}. */
    public static <T> void set(RcuPointer<T> pointer, @Nullable T target) {
        pointer.target = target;
    }

    /** What the ghost holds, without telling those who watch ghosts. */
    public static long get(Ghost ghost) {
        return ghost.value();
    }

    /** The cell of a reference count; {@link #wrap} says what its value means. */
    public static Word cell(RefCount count) {
        return count.raw;
    }

    /** {@code value} as {@code count}, which is narrower than a long, shows it. */
    public static long wrap(RefCount count, long value) {
        return count.wrap(value);
    }

    /** 0 when free, else 1 + the id of the task that holds the lock. */
    public static Word owner(SpinLock lock) {
        return lock.owner;
    }

    /** 0 free, n &gt; 0 readers, -(1 + id) the writing task. */
    public static Word state(RwSem lock) {
        return lock.state;
    }

    /** How many writers wait; new readers queue behind them. */
    public static Word waitingWriters(RwSem lock) {
        return lock.waitingWriters;
    }

    /** {@code task} has got {@code lock}. */
    public static void push(Task task, Lockable lock, LockMode mode) {
        task.held().push(lock, mode);
    }

    /** {@code task} has dropped {@code lock}. */
    public static void remove(Task task, Lockable lock) {
        task.held().remove(lock);
    }

    /** {@code task} holds {@code lock} for reading from now on. */
    public static void downgrade(Task task, Lockable lock) {
        task.held().downgrade(lock);
    }

    /** One more interrupt-off section around {@code task}, or one less with -1: how many there are now. */
    public static int addIrqDepth(Task task, int delta) {
        task.irqDepth += delta;
        return task.irqDepth;
    }

    /** One more RCU read-side section around {@code task}, or one less with -1: how many there are now. */
    public static int addRcuDepth(Task task, int delta) {
        task.rcuDepth += delta;
        return task.rcuDepth;
    }
}
