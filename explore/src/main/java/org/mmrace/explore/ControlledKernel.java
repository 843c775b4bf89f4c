package org.mmrace.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * {@link Kernel} under a scheduler: each verb waits, before its effect, until an {@link Execution} lets its task go on.
 * One task runs at a time, so cells are sequentially consistent and need no atomics. Outside of an execution, as during
 * setup, verbs take effect at once, and one that would have to wait fails.
 */
public final class ControlledKernel extends ControlledCells implements Kernel {
    private final int cpus;
    private final KernelLog log;
    private final RetryWatch retryWatch;
    private final Observers observers = new Observers();
    private final ControlledLocks locks;
    private @Nullable ControlledSections sections;
    private @Nullable Execution execution;

    /**
     * A machine with {@code cpus} CPUs.
     *
     * @param log receives warnings and crashes
     * @param observer sees every lock taken and dropped
     * @param retryWatch sees every turn of a loop that may be endless; what it reads is no step
     */
    public ControlledKernel(int cpus, KernelLog log, LockObserver observer, RetryWatch retryWatch) {
        this.cpus = cpus;
        this.log = log;
        this.retryWatch = retryWatch;
        this.locks = new ControlledLocks(this, new Told(observer, this::decider));
    }

    /**
     * What is in {@code cell} now, for those who write down what happens: a number for a {@link org.mmrace.kernel.Word}
     * and for the element {@code index} of a {@link org.mmrace.kernel.WordArray}, the target of a pointer; null for a
     * null pointer and for what is no cell. No step.
     */
    public static @Nullable Object look(@Nullable Object cell, int index) {
        return inside(cell, index);
    }

    /** From now on {@code newExecution} decides; null: nobody does. */
    void control(@Nullable Execution newExecution) {
        execution = newExecution;
    }

    /** Made when they are needed: small programs have none, and run a million times. */
    private ControlledSections sections() {
        ControlledSections made = sections;
        if (made == null) {
            made = new ControlledSections(this, cpus);
            sections = made;
        }
        return made;
    }

    /** Who decides about the next step; null when it just happens: outside of an execution, and for observers. */
    private @Nullable Execution decider() {
        return observers.looking() ? null : execution;
    }

    /** Values that the strategy decides, for tasks of an execution on this kernel. */
    public Choices choices() {
        return bound -> {
            Execution now = decider();
            if (now == null) {
                throw new IllegalStateException("no task is running that a strategy chooses for");
            }
            return now.choose(bound);
        };
    }

    /**
     * Has the task that runs do {@code action} when it has been picked for its next step, before the effect: what it
     * writes down then is in the order of the steps. At once outside of an execution.
     *
     * @param action takes the place of one that has not been done; null for none
     */
    public void atNextStep(@Nullable Runnable action) {
        Execution now = decider();
        if (now != null) {
            now.atNextStep(action);
        } else if (action != null) {
            action.run();
        }
    }

    @Override
    void point(Verb verb, @Nullable Object object, int index) {
        Execution now = decider();
        if (now != null) {
            now.point(verb, object, index);
        } else {
            observed(object, index);
        }
    }

    private void observed(@Nullable Object object, int index) {
        Execution now = execution;
        if (now != null) {
            now.observed(object, index);
        }
    }

    /** As {@link #point(Verb, Object, int)}, for a step about {@code lock} that waits and touches more places. */
    void point(
            Verb verb,
            @Nullable Object object,
            int index,
            @Nullable Lockable lock,
            @Nullable Guard guard,
            List<Access> further) {
        Execution now = decider();
        if (now != null) {
            now.point(verb, object, index, lock, guard, further);
            return;
        }
        if (guard != null && !guard.holds()) {
            Object name = lock != null ? lock : object;
            throw new EndlessWaitException(
                    verb.word() + " would wait for ever for " + name + ": no other task is running");
        }
        observed(object, index);
        further.forEach(access -> observed(access.object(), access.index()));
    }

    /** The step that is under way has read a place beside those that it was known to touch. */
    void touched(Object object, int index) {
        Execution now = execution;
        if (now != null) {
            now.touched(object, index, false);
        }
    }

    @Override
    public <T> T observing(Class<T> type, T observer) {
        return observers.wrap(type, observer);
    }

    /** No step: memory is sequentially consistent here. Who looks for data races hears of it. */
    @Override
    public void smpMb() {
        Told.fence(decider());
    }

    @Override
    public void spinLock(Task task, SpinLock lock) {
        locks.spinLock(task, lock);
    }

    @Override
    public void spinUnlock(Task task, SpinLock lock) {
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
        locks.waitOnBit(cells, index, mask, lock);
    }

    @Override
    public void waitOnBit(Task task, Word cell, long mask, Lockable lock) {
        locks.waitOnBit(cell, 0, mask, lock);
    }

    @Override
    public void waitForRef(Task task, RefCount count, Word mapcount, long most, Lockable what) {
        locks.waitForRef(task, count, mapcount, most, what);
    }

    @Override
    public void lockMapAcquire(Task task, Lockable lock, LockMode mode, boolean trylock) {
        locks.mapAcquire(task, lock, mode, trylock);
    }

    @Override
    public void lockMapRelease(Task task, Lockable lock) {
        locks.mapRelease(task, lock);
    }

    @Override
    public void localIrqSave(Task task) {
        sections().localIrqSave(task);
    }

    @Override
    public void localIrqRestore(Task task) {
        sections().localIrqRestore(task);
    }

    @Override
    public void instructionBegin(Task task) {
        sections().instructionBegin(task);
    }

    @Override
    public void instructionEnd(Task task) {
        sections().instructionEnd(task);
    }

    @Override
    public void waitForInstruction(Task task, int cpu) {
        sections().waitForInstruction(task, cpu);
    }

    @Override
    public void sendIpi(Task task, int cpu) {
        sections().sendIpi(task, cpu);
    }

    @Override
    public void rcuReadLock(Task task) {
        sections().rcuReadLock(task);
    }

    @Override
    public void rcuReadUnlock(Task task) {
        sections().rcuReadUnlock(task);
    }

    @Override
    public void callRcu(Task task, Runnable callback) {
        sections().callRcu(task, callback);
    }

    @Override
    public void rcuBarrier(Task task) {
        sections().rcuBarrier(task);
    }

    @Override
    public void noteContextSwitch(Task task) {
        sections().noteContextSwitch(task);
    }

    @Override
    public void condResched(Task task, int turn) {
        point(Verb.COND_RESCHED, null);
        Execution now = decider();
        if (now != null) {
            now.turns(turn);
        }
        observers.look(() -> retryWatch.retrying(task, turn));
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
