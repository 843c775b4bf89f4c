package org.mmrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.script.Turn;

/** A few tasks on a kernel under control, for tests: named a, b, c, each on a CPU of its own. */
final class Program implements AutoCloseable {
    private static final int CPUS = 4;

    final ControlledKernel kernel = new ControlledKernel(CPUS, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);

    /** What the tasks have said, in order. */
    final List<String> said = new ArrayList<>();

    /** The steps of the last run, as {@code "a spin_lock(ptl)"}. */
    final List<String> steps = new ArrayList<>();

    private final TaskPool pool = new TaskPool();
    private final List<TaskBody> bodies = new ArrayList<>();

    /** One more task. */
    Program task(Consumer<Task> body) {
        int id = bodies.size();
        Task task = new Task(id, id, String.valueOf((char) ('a' + id)));
        bodies.add(new TaskBody(task, () -> body.accept(task)));
        return this;
    }

    Ending run(Strategy strategy) {
        return run(strategy, Limits.DEFAULT);
    }

    Ending run(Strategy strategy, Limits limits) {
        steps.clear();
        StepListener listener = step -> steps.add(step.task() + " " + step);
        return pool.drive(() -> new Execution(kernel, pool, strategy, limits, listener).run(bodies));
    }

    /** Runs the tasks as {@code turns} say, each {@code "a until spin_unlock ptl"}. */
    Ending script(String... turns) {
        return run(new ScriptedInterleaving(
                List.of(turns).stream().map(Program::turn).toList()));
    }

    private static Turn turn(String text) {
        List<String> words = List.of(text.split(" ", -1));
        if (words.size() == 1) {
            return Turn.toEnd(text);
        }
        return Turn.until(words.get(0), words.subList(2, words.size()));
    }

    @Override
    public void close() {
        pool.close();
    }
}
