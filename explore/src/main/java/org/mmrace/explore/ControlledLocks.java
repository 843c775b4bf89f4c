package org.mmrace.explore;

import java.util.List;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RawCells;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * The locks of {@link ControlledKernel}: the same states as on real threads, and nobody goes on who would have to wait.
 */
final class ControlledLocks {
    /** A spin lock is free. */
    private record Free(Word owner) implements Guard {
        @Override
        public boolean holds() {
            return RawCells.get(owner) == 0;
        }

        @Override
        public boolean holds(long[] values) {
            return values[0] == 0;
        }
    }

    /** A semaphore lets readers in. */
    private record Readable(RwSem lock) implements Guard {
        @Override
        public boolean holds() {
            return RawCells.get(RawCells.state(lock)) >= 0 && RawCells.get(RawCells.waitingWriters(lock)) == 0;
        }

        @Override
        public boolean holds(long[] values) {
            return ControlledContents.mayRead(values[0]);
        }
    }

    /** Nobody holds a semaphore. */
    private record Writable(Word state) implements Guard {
        @Override
        public boolean holds() {
            return RawCells.get(state) == 0;
        }

        @Override
        public boolean holds(long[] values) {
            return ControlledContents.mayWrite(values[0]);
        }
    }

    /** Bits of a cell are clear. */
    private record Clear(Object cell, int index, long mask) implements Guard {
        @Override
        public boolean holds() {
            return (ControlledContents.of(cell, index) & mask) == 0;
        }

        @Override
        public boolean holds(long[] values) {
            return (values[0] & mask) == 0;
        }
    }

    /** At most {@code most} references are left beside those of mappings, or the task that waits was killed. */
    private record FewRefs(Task task, RefCount count, Word mapcount, long most) implements Guard {
        @Override
        public boolean holds() {
            return holds(RawCells.get(RawCells.cell(count)), RawCells.get(mapcount));
        }

        @Override
        public boolean holds(long[] values) {
            return holds(values[0], values[1]);
        }

        private boolean holds(long refs, long mappings) {
            return RawCells.wrap(count, refs) - mappings <= most || task.fatalSignalPending();
        }
    }

    private final ControlledKernel kernel;
    private final LockObserver observer;

    ControlledLocks(ControlledKernel kernel, LockObserver observer) {
        this.kernel = kernel;
        this.observer = observer;
    }

    void mapAcquire(Task task, Lockable lock, LockMode mode, boolean trylock) {
        observer.acquiring(task, lock, mode, trylock);
        RawCells.push(task, lock, mode);
    }

    void mapRelease(Task task, Lockable lock) {
        RawCells.remove(task, lock);
        observer.released(task, lock);
    }

    void spinLock(Task task, SpinLock lock) {
        Word owner = RawCells.owner(lock);
        observer.acquiring(task, lock, LockMode.WRITE, false);
        kernel.point(Verb.SPIN_LOCK, lock, 0, lock, new Free(owner), List.of());
        RawCells.set(owner, 1L + task.id());
        RawCells.push(task, lock, LockMode.WRITE);
    }

    void spinUnlock(Task task, SpinLock lock) {
        if (RawCells.get(RawCells.owner(lock)) != 1L + task.id()) {
            throw new IllegalStateException(task + " unlocks " + lock + ", which it does not hold");
        }
        kernel.point(Verb.SPIN_UNLOCK, lock);
        RawCells.remove(task, lock);
        RawCells.set(RawCells.owner(lock), 0);
        observer.released(task, lock);
    }

    private static void addReader(Task task, RwSem lock) {
        RawCells.set(RawCells.state(lock), RawCells.get(RawCells.state(lock)) + 1);
        RawCells.push(task, lock, LockMode.READ);
    }

    void downRead(Task task, RwSem lock) {
        observer.acquiring(task, lock, LockMode.READ, false);
        kernel.point(Verb.DOWN_READ, lock, 0, lock, new Readable(lock), List.of());
        addReader(task, lock);
    }

    boolean downReadTrylock(Task task, RwSem lock) {
        observer.acquiring(task, lock, LockMode.READ, true);
        kernel.point(Verb.DOWN_READ_TRYLOCK, lock);
        if (!new Readable(lock).holds()) {
            return false;
        }
        addReader(task, lock);
        return true;
    }

    void upRead(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.READ);
        kernel.point(Verb.UP_READ, lock);
        RawCells.remove(task, lock);
        RawCells.set(RawCells.state(lock), RawCells.get(RawCells.state(lock)) - 1);
        observer.released(task, lock);
    }

    void downWrite(Task task, RwSem lock) {
        Word state = RawCells.state(lock);
        Word waiting = RawCells.waitingWriters(lock);
        observer.acquiring(task, lock, LockMode.WRITE, false);
        kernel.point(Verb.DOWN_WRITE, lock);
        if (RawCells.get(state) != 0) {
            RawCells.set(waiting, RawCells.get(waiting) + 1);
            kernel.point(Verb.DOWN_WRITE, lock, 0, lock, new Writable(state), List.of());
            RawCells.set(waiting, RawCells.get(waiting) - 1);
        }
        RawCells.set(state, -(1L + task.id()));
        RawCells.push(task, lock, LockMode.WRITE);
    }

    void upWrite(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.WRITE);
        kernel.point(Verb.UP_WRITE, lock);
        RawCells.remove(task, lock);
        RawCells.set(RawCells.state(lock), 0);
        observer.released(task, lock);
    }

    void downgradeWrite(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.WRITE);
        kernel.point(Verb.DOWNGRADE_WRITE, lock);
        RawCells.downgrade(task, lock);
        RawCells.set(RawCells.state(lock), 1);
    }

    private static void requireHeld(Task task, RwSem lock, LockMode mode) {
        if (task.held().modeOf(lock) != mode) {
            throw new IllegalStateException(task + " does not hold " + lock + " for " + mode);
        }
    }

    /** {@code cell} is a {@link Word}, or a {@link WordArray} that {@code index} is of. */
    void waitOnBit(Object cell, int index, long mask, Lockable lock) {
        kernel.point(Verb.WAIT_ON_BIT, cell, index, lock, new Clear(cell, index, mask), List.of());
    }

    void waitForRef(Task task, RefCount count, Word mapcount, long most, Lockable what) {
        kernel.point(
                Verb.WAIT_FOR_REF,
                RawCells.cell(count),
                0,
                what,
                new FewRefs(task, count, mapcount, most),
                List.of(new Access(mapcount, 0, false)));
    }
}
