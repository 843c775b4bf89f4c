package org.mmrace.explore.race;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Step;
import org.mmrace.kernel.Lockable;

/**
 * What orders the steps of an execution in the kernel's memory model (tools/memory-model): locks, acquire and release,
 * fully ordered atomics, {@code smp_mb()}, grace periods and interrupts. READ_ONCE() and WRITE_ONCE() alone order
 * nothing. Where a listener cannot see what a step comes to, as with a {@code cmpxchg()} that fails, the order is
 * assumed: a race may be missed, and none is made up.
 */
final class HappensBefore {
    private static final VectorClock NOTHING = new VectorClock();

    /** What one task knows, and what it will pass on. */
    private static final class TaskClocks {
        final VectorClock now = new VectorClock();
        /** What marked loads have seen, and the next barrier makes known. */
        VectorClock loaded = new VectorClock();
        /** What was known at the last barrier: marked stores behind it pass it on. */
        VectorClock fenced = NOTHING;
        /** What was known when its last RCU, interrupt-off or user-instruction section ended. */
        VectorClock sectionEnd = NOTHING;
        /** What interrupts bring that it takes when its section ends. */
        VectorClock interrupts = new VectorClock();
        /** Interrupt-off sections and instructions around it. */
        int uninterruptible;

        boolean queuedCallbacks;

        @Nullable
        Lockable tried;
    }

    private static final class LockClocks {
        VectorClock writer = NOTHING;
        VectorClock readers = new VectorClock();
    }

    private final List<TaskClocks> tasks = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Object, LockClocks> locks = new IdentityHashMap<>();
    /** What was known when grace periods began; later readers see it. */
    private final VectorClock gracePeriods = new VectorClock();

    /** What the task of {@code step} knows. */
    VectorClock clock(Step step) {
        return of(step).now;
    }

    private TaskClocks of(Step step) {
        while (tasks.size() <= step.number()) {
            TaskClocks fresh = new TaskClocks();
            fresh.now.tick(tasks.size());
            tasks.add(fresh);
            steps.add(step);
        }
        steps.set(step.number(), step);
        return tasks.get(step.number());
    }

    private LockClocks lock(Step step) {
        return locks.computeIfAbsent(step.object() == null ? step : step.object(), key -> new LockClocks());
    }

    /** {@code smp_mb()} by the task of {@code step}. */
    void fence(Step step) {
        TaskClocks task = of(step);
        task.now.join(task.loaded);
        task.fenced = task.now.copy();
        task.now.tick(step.number());
    }

    /** The step about {@code cell}, if it is about one: what it brings to its task, and what it leaves there. */
    void access(Step step, Cell cell) {
        TaskClocks task = of(step);
        switch (step.verb()) {
            case READ_ONCE, REF_READ -> task.loaded.join(cell.released);
            case WRITE_ONCE -> cell.released = task.fenced;
            case LOAD_ACQUIRE, RCU_DEREFERENCE, WAIT_ON_BIT, WAIT_FOR_REF -> task.now.join(cell.released);
            case STORE_RELEASE, RCU_ASSIGN_POINTER -> {
                cell.released = task.now.copy();
                task.now.tick(step.number());
            }
            case CMPXCHG, XCHG, ADD_RETURN, REF_ADD, REF_ADD_UNLESS_ZERO -> {
                task.now.join(cell.released);
                fence(step);
                cell.released = task.fenced;
            }
            default -> {}
        }
    }

    /** Any other step. */
    void happens(Step step) {
        TaskClocks task = of(step);
        gotTried(step, task);
        switch (step.verb()) {
            case SPIN_LOCK, DOWN_READ -> task.now.join(lock(step).writer);
            case DOWN_READ_TRYLOCK -> task.tried = step.lock();
            case DOWN_WRITE -> {
                task.now.join(lock(step).writer);
                task.now.join(lock(step).readers);
            }
            case SPIN_UNLOCK, UP_WRITE, DOWNGRADE_WRITE -> {
                lock(step).writer = task.now.copy();
                task.now.tick(step.number());
            }
            case UP_READ -> {
                lock(step).readers.join(task.now);
                task.now.tick(step.number());
            }
            case RCU_READ_LOCK -> task.now.join(gracePeriods);
            case LOCAL_IRQ_SAVE -> {
                task.now.join(gracePeriods);
                task.uninterruptible++;
            }
            case INSTRUCTION_BEGIN -> task.uninterruptible++;
            case RCU_READ_UNLOCK -> sectionEnds(step, task);
            case LOCAL_IRQ_RESTORE, INSTRUCTION_END -> {
                task.uninterruptible--;
                sectionEnds(step, task);
            }
            case SEND_IPI -> interrupt(step, task);
            case WAIT_FOR_INSTRUCTION -> tasks.forEach(other -> task.now.join(other.sectionEnd));
            case CALL_RCU -> task.queuedCallbacks = true;
            case NOTE_CONTEXT_SWITCH, RCU_BARRIER -> gracePeriod(step, task);
            default -> {}
        }
    }

    /** Whether a {@code down_read_trylock()} has succeeded is known at the next step; no writer was there since. */
    private void gotTried(Step step, TaskClocks task) {
        Lockable tried = task.tried;
        if (tried != null) {
            task.tried = null;
            LockClocks clocks = locks.get(tried);
            if (clocks != null && step.task().held().modeOf(tried) != null) {
                task.now.join(clocks.writer);
            }
        }
    }

    private static void sectionEnds(Step step, TaskClocks task) {
        task.sectionEnd = task.now.copy();
        task.now.tick(step.number());
        if (task.uninterruptible == 0) {
            task.now.join(task.interrupts);
        }
    }

    /** The interrupt is taken at once, or when the section ends; the sender comes back to wait for that. */
    private void interrupt(Step step, TaskClocks sender) {
        for (int number = 0; number < tasks.size(); number++) {
            if (number != step.number()
                    && step.cpu() == steps.get(number).task().cpu()) {
                TaskClocks target = tasks.get(number);
                target.interrupts.join(sender.now);
                sender.now.join(target.sectionEnd);
                if (target.uninterruptible == 0) {
                    target.now.join(target.interrupts);
                    sender.now.join(target.now);
                    target.now.tick(number);
                }
                sender.now.tick(step.number());
            }
        }
    }

    /** Callbacks that run now run behind the sections of all readers, and readers to come behind what queued them. */
    private void gracePeriod(Step step, TaskClocks task) {
        if (task.queuedCallbacks) {
            gracePeriods.join(task.now);
            tasks.forEach(other -> task.now.join(other.sectionEnd));
            task.now.tick(step.number());
        }
    }
}
