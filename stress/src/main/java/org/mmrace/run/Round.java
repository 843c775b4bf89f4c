package org.mmrace.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Halted;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Task;
import org.mmrace.script.ScenarioRun;
import org.mmrace.script.ScriptedTask;

/** One run on threads: all start together, each after an offset of its own. */
final class Round {
    private static final int SPINS_BEFORE_YIELD = 2_000;

    private final ScenarioRun run;
    private final NativeKernel kernel;
    private final int[] offsets;
    private final List<ScriptedTask> tasks;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean halted;
    private volatile @Nullable Throwable failure;

    /**
     * A run that is set up.
     *
     * @param offsets how many turns each task spins before it begins
     */
    Round(ScenarioRun run, NativeKernel kernel, int[] offsets) {
        this.run = run;
        this.kernel = kernel;
        this.offsets = offsets.clone();
        this.tasks = run.tasks();
    }

    ScenarioRun run() {
        return run;
    }

    /** Plays task {@code i}, when all threads are here. */
    void play(int i) {
        try {
            arrived.incrementAndGet();
            await(arrived);
            for (int turn = 0; turn < offsets[i]; turn++) {
                Thread.onSpinWait();
            }
            play(tasks.get(i));
        } catch (Halted e) {
            halted = true;
        } catch (RuntimeException | Error e) {
            failure = e;
            halt();
        } finally {
            ended.incrementAndGet();
        }
    }

    /** Plays all tasks, one after the other, on this thread. */
    void playAll() {
        try {
            for (ScriptedTask task : tasks) {
                if (!halted) {
                    play(task);
                }
            }
        } catch (Halted e) {
            halted = true;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** A task that has crashed keeps its locks: nobody else gets far. */
    private void play(ScriptedTask task) {
        task.run();
        if (task.crashed()) {
            halt();
        }
    }

    private void await(AtomicInteger count) {
        int turn = 0;
        while (count.get() < tasks.size() && !halted) {
            if (turn++ < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Returns when every task has ended. */
    void awaitEnd() {
        int turn = 0;
        while (ended.get() < tasks.size()) {
            if (turn++ < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Switches the machine off: tasks that wait give up. */
    void halt() {
        halted = true;
        kernel.halt();
    }

    boolean halted() {
        return halted;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Each task with what it is doing, for a report of a deadlock. */
    Map<Task, String> doing() {
        Map<Task, String> doing = new LinkedHashMap<>();
        for (ScriptedTask task : tasks) {
            int done = task.done();
            doing.put(task.task(), done < task.steps().size() ? task.steps().get(done).toString() : "has ended");
        }
        return doing;
    }
}
