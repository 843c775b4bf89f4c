package org.mmrace.explore;

import java.util.List;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/**
 * The toy whose numbers are known exactly (algorithms.md): two entries, a reference count, pins and one lock. Three
 * tasks pin, insert and unmap; at the end the count must be 1 + entries + pins.
 */
final class Toy {
    /** What is wrong with it. */
    enum Bug {
        /** Nothing. */
        NONE,
        /** Insertion looks at the entry before it takes the lock. */
        CHECK_OUTSIDE_LOCK,
        /** The undo of a pin reads the count and writes it back. */
        LOST_UPDATE
    }

    private final Bug bug;
    private final ControlledKernel kernel = new ControlledKernel(3, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
    private final Word[] ptes = {new Word(1), new Word(0)};
    private final Word refs = new Word(2);
    private final Word pins = new Word(0);
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl");
    private final Task[] tasks = {new Task(0, 0, "t0"), new Task(1, 1, "t1"), new Task(2, 2, "t2")};

    Toy(Bug bug) {
        this.bug = bug;
    }

    /** Runs the three tasks once. */
    Ending run(TaskPool pool, Strategy strategy, StepListener listener) {
        return run(pool, strategy, Settings.DEFAULT.listening(listener));
    }

    /** Runs the three tasks once, as {@code settings} say. */
    Ending run(TaskPool pool, Strategy strategy, Settings settings) {
        return new Execution(kernel, pool, strategy, settings)
                .run(List.of(
                        new TaskBody(tasks[0], () -> {
                            pin(tasks[0], 0);
                            insert(tasks[0], 1);
                        }),
                        new TaskBody(tasks[1], () -> {
                            unmap(tasks[1], 0);
                            insert(tasks[1], 0);
                        }),
                        new TaskBody(tasks[2], () -> {
                            insert(tasks[2], 1);
                            unmap(tasks[2], 1);
                        })));
    }

    /** Whether the count does not add up; nothing runs. */
    boolean fails() {
        return kernel.readOnce(refs) != 1 + kernel.readOnce(ptes[0]) + kernel.readOnce(ptes[1]) + kernel.readOnce(pins);
    }

    /** What all cells hold; nothing runs. */
    List<Long> memory() {
        return List.of(
                kernel.readOnce(refs), kernel.readOnce(pins), kernel.readOnce(ptes[0]), kernel.readOnce(ptes[1]));
    }

    private void insert(Task task, int i) {
        boolean outside = bug == Bug.CHECK_OUTSIDE_LOCK;
        if (outside && kernel.readOnce(ptes[i]) != 0) {
            return;
        }
        kernel.spinLock(task, ptl);
        if (outside || kernel.readOnce(ptes[i]) == 0) {
            kernel.addReturn(refs, 1);
            kernel.writeOnce(ptes[i], 1);
        }
        kernel.spinUnlock(task, ptl);
    }

    private void unmap(Task task, int i) {
        kernel.spinLock(task, ptl);
        if (kernel.readOnce(ptes[i]) != 0) {
            kernel.writeOnce(ptes[i], 0);
            kernel.addReturn(refs, -1);
        }
        kernel.spinUnlock(task, ptl);
    }

    private void pin(Task task, int i) {
        if (kernel.readOnce(ptes[i]) == 0) {
            return;
        }
        kernel.addReturn(refs, 1);
        if (kernel.readOnce(ptes[i]) != 0) {
            kernel.addReturn(pins, 1);
            return;
        }
        if (bug == Bug.LOST_UPDATE) {
            long seen = kernel.readOnce(refs);
            kernel.writeOnce(refs, seen - 1);
        } else {
            kernel.addReturn(refs, -1);
        }
        kernel.spinLock(task, ptl);
        if (kernel.readOnce(ptes[i]) != 0) {
            kernel.addReturn(refs, 1);
            kernel.addReturn(pins, 1);
        }
        kernel.spinUnlock(task, ptl);
    }
}
