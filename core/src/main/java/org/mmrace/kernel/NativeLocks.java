package org.mmrace.kernel;

/** The locks of {@link NativeKernel}: they exclude, and waiting threads make room for the one that holds the lock. */
final class NativeLocks {
    private final NativeKernel kernel;
    private final LockObserver observer;

    NativeLocks(NativeKernel kernel, LockObserver observer) {
        this.kernel = kernel;
        this.observer = observer;
    }

    void spinLock(Task task, SpinLock lock) {
        observer.acquiring(task, lock, LockMode.WRITE, false);
        long me = 1L + task.id();
        if (!kernel.cmpxchg(lock.owner, 0, me)) {
            Backoff backoff = new Backoff(kernel, task, lock);
            do {
                backoff.pause();
            } while (kernel.readOnce(lock.owner) != 0 || !kernel.cmpxchg(lock.owner, 0, me));
            backoff.done();
        }
        task.held().push(lock, LockMode.WRITE);
    }

    void spinUnlock(Task task, SpinLock lock) {
        if (kernel.readOnce(lock.owner) != 1L + task.id()) {
            throw new IllegalStateException(task + " unlocks " + lock + ", which it does not hold");
        }
        task.held().remove(lock);
        kernel.storeRelease(lock.owner, 0);
        observer.released(task, lock);
    }

    void downRead(Task task, RwSem lock) {
        observer.acquiring(task, lock, LockMode.READ, false);
        if (!tryRead(lock)) {
            Backoff backoff = new Backoff(kernel, task, lock);
            do {
                backoff.pause();
            } while (!tryRead(lock));
            backoff.done();
        }
        task.held().push(lock, LockMode.READ);
    }

    boolean downReadTrylock(Task task, RwSem lock) {
        observer.acquiring(task, lock, LockMode.READ, true);
        if (!tryRead(lock)) {
            return false;
        }
        task.held().push(lock, LockMode.READ);
        return true;
    }

    private boolean tryRead(RwSem lock) {
        while (true) {
            long state = kernel.readOnce(lock.state);
            if (state < 0 || kernel.readOnce(lock.waitingWriters) != 0) {
                return false;
            }
            if (kernel.cmpxchg(lock.state, state, state + 1)) {
                return true;
            }
        }
    }

    void upRead(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.READ);
        task.held().remove(lock);
        kernel.addReturn(lock.state, -1);
        observer.released(task, lock);
    }

    void downWrite(Task task, RwSem lock) {
        observer.acquiring(task, lock, LockMode.WRITE, false);
        long me = -(1L + task.id());
        if (!kernel.cmpxchg(lock.state, 0, me)) {
            kernel.addReturn(lock.waitingWriters, 1);
            Backoff backoff = new Backoff(kernel, task, lock);
            do {
                backoff.pause();
            } while (kernel.readOnce(lock.state) != 0 || !kernel.cmpxchg(lock.state, 0, me));
            backoff.done();
            kernel.addReturn(lock.waitingWriters, -1);
        }
        task.held().push(lock, LockMode.WRITE);
    }

    void upWrite(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.WRITE);
        task.held().remove(lock);
        kernel.storeRelease(lock.state, 0);
        observer.released(task, lock);
    }

    void downgradeWrite(Task task, RwSem lock) {
        requireHeld(task, lock, LockMode.WRITE);
        task.held().downgrade(lock);
        kernel.storeRelease(lock.state, 1);
    }

    private static void requireHeld(Task task, RwSem lock, LockMode mode) {
        if (task.held().modeOf(lock) != mode) {
            throw new IllegalStateException(task + " does not hold " + lock + " for " + mode);
        }
    }

    void waitOnBit(Task task, WordArray cells, int index, long mask, Lockable lock) {
        Backoff backoff = new Backoff(kernel, task, lock);
        while ((kernel.readOnce(cells, index) & mask) != 0) {
            backoff.pause();
        }
        backoff.done();
    }

    void waitOnBit(Task task, Word cell, long mask, Lockable lock) {
        Backoff backoff = new Backoff(kernel, task, lock);
        while ((kernel.readOnce(cell) & mask) != 0) {
            backoff.pause();
        }
        backoff.done();
    }

    void waitForRef(Task task, RefCount count, Word mapcount, long most, Lockable what) {
        Backoff backoff = new Backoff(kernel, task, what);
        while (kernel.refRead(count) - kernel.readOnce(mapcount) > most && !task.fatalSignalPending()) {
            backoff.pause();
        }
        backoff.done();
    }
}
