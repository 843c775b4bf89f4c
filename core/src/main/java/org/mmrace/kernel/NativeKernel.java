package org.mmrace.kernel;

import java.lang.invoke.VarHandle;

/**
 * {@link Kernel} on real threads: cells are VarHandles, locks exclude, waits wait. Each task must be run by one thread
 * at a time, and no two running tasks may share a CPU.
 */
public final class NativeKernel extends NativeCells implements Kernel {
    private final int cpus;
    private final NativeSections sections;
    private final KernelLog log;
    private final LockObserver observer;
    private final RetryWatch retryWatch;
    private final NativeLocks locks;
    private volatile boolean halted;

    /**
     * A machine with {@code cpus} CPUs.
     *
     * @param log receives warnings and crashes
     * @param observer sees every lock taken and dropped
     * @param retryWatch sees every turn of a loop that may be endless
     */
    public NativeKernel(int cpus, KernelLog log, LockObserver observer, RetryWatch retryWatch) {
        this(cpus, log, observer, retryWatch, Noise.NONE);
    }

    /** As the other constructor, with windows stretched by {@code noise}. */
    public NativeKernel(int cpus, KernelLog log, LockObserver observer, RetryWatch retryWatch, Noise noise) {
        super(noise);
        this.cpus = cpus;
        this.sections = new NativeSections(this, cpus);
        this.log = log;
        this.observer = observer;
        this.retryWatch = retryWatch;
        this.locks = new NativeLocks(this, observer);
    }

    /** Switches the machine off: every task that waits, now or later, gets {@link Halted}. Any thread may call this. */
    public void halt() {
        halted = true;
    }

    boolean halted() {
        return halted;
    }

    @Override
    public void smpMb() {
        VarHandle.fullFence();
    }

    @Override
    public void spinLock(Task task, SpinLock lock) {
        noise.step();
        locks.spinLock(task, lock);
    }

    @Override
    public void spinUnlock(Task task, SpinLock lock) {
        noise.step();
        locks.spinUnlock(task, lock);
    }

    @Override
    public void downRead(Task task, RwSem lock) {
        locks.downRead(task, lock);
    }

    @Override
    public boolean downReadTrylock(Task task, RwSem lock) {
        return locks.downReadTrylock(task, lock);
    }

    @Override
    public void upRead(Task task, RwSem lock) {
        locks.upRead(task, lock);
    }

    @Override
    public void downWrite(Task task, RwSem lock) {
        locks.downWrite(task, lock);
    }

    @Override
    public void upWrite(Task task, RwSem lock) {
        locks.upWrite(task, lock);
    }

    @Override
    public void downgradeWrite(Task task, RwSem lock) {
        locks.downgradeWrite(task, lock);
    }

    @Override
    public void waitOnBit(Task task, WordArray cells, int index, long mask, Lockable lock) {
        locks.waitOnBit(task, cells, index, mask, lock);
    }

    @Override
    public void waitOnBit(Task task, Word cell, long mask, Lockable lock) {
        locks.waitOnBit(task, cell, mask, lock);
    }

    @Override
    public void waitForRef(Task task, RefCount count, Word mapcount, long most, Lockable what) {
        locks.waitForRef(task, count, mapcount, most, what);
    }

    @Override
    public void lockMapAcquire(Task task, Lockable lock, LockMode mode, boolean trylock) {
        observer.acquiring(task, lock, mode, trylock);
        task.held().push(lock, mode);
    }

    @Override
    public void lockMapRelease(Task task, Lockable lock) {
        task.held().remove(lock);
        observer.released(task, lock);
    }

    @Override
    public void localIrqSave(Task task) {
        sections.localIrqSave(task);
    }

    @Override
    public void localIrqRestore(Task task) {
        sections.localIrqRestore(task);
    }

    @Override
    public void instructionBegin(Task task) {
        sections.instructionBegin(task);
    }

    @Override
    public void instructionEnd(Task task) {
        sections.instructionEnd(task);
    }

    @Override
    public void waitForInstruction(Task task, int cpu) {
        sections.waitForInstruction(task, cpu);
    }

    @Override
    public void sendIpi(Task task, int cpu) {
        sections.sendIpi(task, cpu);
    }

    @Override
    public void rcuReadLock(Task task) {
        sections.rcuReadLock(task);
    }

    @Override
    public void rcuReadUnlock(Task task) {
        sections.rcuReadUnlock(task);
    }

    @Override
    public void callRcu(Task task, Runnable callback) {
        sections.callRcu(task, callback);
    }

    @Override
    public void rcuBarrier(Task task) {
        sections.rcuBarrier(task);
    }

    @Override
    public void noteContextSwitch(Task task) {
        sections.noteContextSwitch(task);
    }

    @Override
    public void condResched(Task task, int turn) {
        if (halted) {
            throw new Halted(task);
        }
        retryWatch.retrying(task, turn);
    }

    @Override
    public KernelLog log() {
        return log;
    }

    @Override
    public int cpus() {
        return cpus;
    }
}
