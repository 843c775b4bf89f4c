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
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** Whoever gives its core away while the others start will be late. */
    private static final int SPINS_WITH_CORES = 4_000;

    private static final int SPINS_WITHOUT = 100;

    private final ScenarioRun run;
    private final NativeKernel kernel;
    private final int[] offsets;
    private final int first;
    private final List<ScriptedTask> tasks;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean halted;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;

    /**
     * A run that is set up.
     *
     * @param offsets how many turns each task spins before it begins
     * @param first the task of the first thread, which comes first more often than not on a busy machine
     */
    Round(ScenarioRun run, NativeKernel kernel, int[] offsets, int first) {
        this.run = run;
        this.kernel = kernel;
        this.offsets = offsets.clone();
        this.first = first;
        this.tasks = run.tasks();
    }

    ScenarioRun run() {
        return run;
    }

    /** Plays the task of thread {@code i}, when all threads are here. */
    void play(int i) {
        int mine = (first + i) % tasks.size();
        try {
            arrived.incrementAndGet();
            await(arrived);
            if (abandoned) {
                return;
            }
            for (int turn = 0; turn < offsets[mine]; turn++) {
                Thread.onSpinWait();
            }
            play(tasks.get(mine));
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
        int spins = tasks.size() <= CORES ? SPINS_WITH_CORES : SPINS_WITHOUT;
        int turn = 0;
        while (count.get() < tasks.size() && !abandoned) {
            if (turn++ < spins) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Returns when every task has ended, or nobody wants to know any more. */
    void awaitEnd() {
        await(ended);
    }

    /** Switches the machine off: tasks that wait give up. */
    void halt() {
        halted = true;
        kernel.halt();
    }

    /** Nobody wants to know any more: switches the machine off, and waits for nobody. */
    void abandon() {
        abandoned = true;
        halt();
    }

    boolean abandoned() {
        return abandoned;
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
            doing.put(
                    task.task(),
                    done < task.steps().size() ? task.steps().get(done).toString() : "has ended");
        }
        return doing;
    }
}
