package org.mmrace.stress;

/**
 * Where the workers meet at each epoch and wait until everything has been recounted. Workers that have finished count
 * as arrived.
 */
final class EpochBarrier {
    private final int parties;
    private final long epochOps;
    private volatile long asked;
    private volatile boolean open;
    private long passed;
    private int arrived;
    private int finished;

    /**
     * A barrier for {@code parties} workers.
     *
     * @param epochOps operations of a worker between two meetings; 0 to meet when {@link #ask} says so
     */
    EpochBarrier(int parties, long epochOps) {
        this.parties = parties;
        this.epochOps = epochOps;
    }

    /** All workers are to meet; nothing new if they have been asked already. */
    synchronized void ask() {
        asked = passed + 1;
    }

    /** Whether a worker that has met {@code meetings} times and done {@code ops} operations must come. */
    boolean isDue(long meetings, long ops) {
        return epochOps == 0 ? asked > meetings : ops >= (meetings + 1) * epochOps;
    }

    /** A worker has come and waits for the others and for the recount. */
    synchronized void meet() throws InterruptedException {
        long mine = passed;
        arrived++;
        notifyAll();
        while (passed == mine && !open) {
            wait();
        }
    }

    /** A worker will not come any more. */
    synchronized void finish() {
        finished++;
        notifyAll();
    }

    /** Waits for all workers, but not longer than {@code millis}; whether they are there. */
    synchronized boolean awaitAll(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (arrived + finished < parties && !open) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return arrived + finished >= parties;
    }

    /** Waits for the end of all workers, but not longer than {@code millis}; whether they have ended. */
    synchronized boolean awaitFinished(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (finished < parties) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized boolean allFinished() {
        return finished == parties;
    }

    /** The recount is done: the workers go on. */
    synchronized void release() {
        arrived = 0;
        passed++;
        notifyAll();
    }

    /** Nobody waits here any more. */
    synchronized void open() {
        open = true;
        notifyAll();
    }
}
