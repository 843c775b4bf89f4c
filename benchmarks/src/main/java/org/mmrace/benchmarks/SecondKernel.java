package org.mmrace.benchmarks;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * A second implementation of the seam, so that {@link SeamBenchmark} can show what a second loaded class costs the
 * first.
 */
final class SecondKernel implements Kernel {
    private final NativeKernel kernel;

    SecondKernel(NativeKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public long readOnce(Word cell) {
        return kernel.readOnce(cell);
    }

    @Override
    public void writeOnce(Word cell, long value) {
        kernel.writeOnce(cell, value);
    }

    @Override
    public long loadAcquire(Word cell) {
        return kernel.loadAcquire(cell);
    }

    @Override
    public void storeRelease(Word cell, long value) {
        kernel.storeRelease(cell, value);
    }

    @Override
    public boolean cmpxchg(Word cell, long expected, long update) {
        return kernel.cmpxchg(cell, expected, update);
    }

    @Override
    public long addReturn(Word cell, long delta) {
        return kernel.addReturn(cell, delta);
    }

    @Override
    public long readOnce(WordArray cells, int index) {
        return kernel.readOnce(cells, index);
    }

    @Override
    public void writeOnce(WordArray cells, int index, long value) {
        kernel.writeOnce(cells, index, value);
    }

    @Override
    public boolean cmpxchg(WordArray cells, int index, long expected, long update) {
        return kernel.cmpxchg(cells, index, expected, update);
    }

    @Override
    public long xchg(WordArray cells, int index, long value) {
        return kernel.xchg(cells, index, value);
    }

    @Override
    public long addReturn(WordArray cells, int index, long delta) {
        return kernel.addReturn(cells, index, delta);
    }

    @Override
    public <T> @Nullable T rcuDereference(RcuPointer<T> pointer) {
        return kernel.rcuDereference(pointer);
    }

    @Override
    public <T> void rcuAssignPointer(RcuPointer<T> pointer, @Nullable T target) {
        kernel.rcuAssignPointer(pointer, target);
    }

    @Override
    public long refRead(RefCount count) {
        return kernel.refRead(count);
    }

    @Override
    public long refAdd(RefCount count, long delta) {
        return kernel.refAdd(count, delta);
    }

    @Override
    public long refAddUnlessZero(RefCount count, long delta) {
        return kernel.refAddUnlessZero(count, delta);
    }

    @Override
    public void smpMb() {
        kernel.smpMb();
    }

    @Override
    public void spinLock(Task task, SpinLock lock) {
        kernel.spinLock(task, lock);
    }

    @Override
    public void spinUnlock(Task task, SpinLock lock) {
        kernel.spinUnlock(task, lock);
    }

    @Override
    public void downRead(Task task, RwSem lock) {
        kernel.downRead(task, lock);
    }

    @Override
    public boolean downReadTrylock(Task task, RwSem lock) {
        return kernel.downReadTrylock(task, lock);
    }

    @Override
    public void upRead(Task task, RwSem lock) {
        kernel.upRead(task, lock);
    }

    @Override
    public void downWrite(Task task, RwSem lock) {
        kernel.downWrite(task, lock);
    }

    @Override
    public void upWrite(Task task, RwSem lock) {
        kernel.upWrite(task, lock);
    }

    @Override
    public void downgradeWrite(Task task, RwSem lock) {
        kernel.downgradeWrite(task, lock);
    }

    @Override
    public void waitOnBit(Task task, WordArray cells, int index, long mask, Lockable lock) {
        kernel.waitOnBit(task, cells, index, mask, lock);
    }

    @Override
    public void waitOnBit(Task task, Word cell, long mask, Lockable lock) {
        kernel.waitOnBit(task, cell, mask, lock);
    }

    @Override
    public void waitForRef(Task task, RefCount count, long most, Lockable what) {
        kernel.waitForRef(task, count, most, what);
    }

    @Override
    public void lockMapAcquire(Task task, Lockable lock, LockMode mode, boolean trylock) {
        kernel.lockMapAcquire(task, lock, mode, trylock);
    }

    @Override
    public void lockMapRelease(Task task, Lockable lock) {
        kernel.lockMapRelease(task, lock);
    }

    @Override
    public void localIrqSave(Task task) {
        kernel.localIrqSave(task);
    }

    @Override
    public void localIrqRestore(Task task) {
        kernel.localIrqRestore(task);
    }

    @Override
    public void instructionBegin(Task task) {
        kernel.instructionBegin(task);
    }

    @Override
    public void instructionEnd(Task task) {
        kernel.instructionEnd(task);
    }

    @Override
    public void waitForInstruction(Task task, int cpu) {
        kernel.waitForInstruction(task, cpu);
    }

    @Override
    public void sendIpi(Task task, int cpu) {
        kernel.sendIpi(task, cpu);
    }

    @Override
    public void rcuReadLock(Task task) {
        kernel.rcuReadLock(task);
    }

    @Override
    public void rcuReadUnlock(Task task) {
        kernel.rcuReadUnlock(task);
    }

    @Override
    public void callRcu(Task task, Runnable callback) {
        kernel.callRcu(task, callback);
    }

    @Override
    public void rcuBarrier(Task task) {
        kernel.rcuBarrier(task);
    }

    @Override
    public void noteContextSwitch(Task task) {
        kernel.noteContextSwitch(task);
    }

    @Override
    public void condResched(Task task, int turn) {
        kernel.condResched(task, turn);
    }

    @Override
    public KernelLog log() {
        return kernel.log();
    }

    @Override
    public int cpus() {
        return kernel.cpus();
    }
}
