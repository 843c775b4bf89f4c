package org.mmrace.explore.race;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Limits;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.TaskPool;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/** A program of two or three tasks, made afresh for each execution, whose steps somebody listens to. */
final class Watched {
    private static final int CPUS = 4;

    /** What the tasks of one execution share, and their bodies. */
    static final class Tasks {
        final Kernel kernel;
        private final List<TaskBody> bodies = new ArrayList<>();

        private Tasks(Kernel kernel) {
            this.kernel = kernel;
        }

        /** One more task, named a, b, c. */
        Tasks task(Consumer<Task> body) {
            int id = bodies.size();
            Task task = new Task(id, id, String.valueOf((char) ('a' + id)));
            bodies.add(new TaskBody(task, () -> body.accept(task)));
            return this;
        }
    }

    private Watched() {}

    /** Runs {@code executions} of {@code program}; each has a listener of its own, which {@code ended} gets. */
    static <L extends StepListener> void run(
            Consumer<Tasks> program,
            Strategy strategy,
            int executions,
            Supplier<L> listeners,
            BiConsumer<L, Ending> ended) {
        try (TaskPool pool = new TaskPool()) {
            for (int i = 0; i < executions; i++) {
                ControlledKernel kernel =
                        new ControlledKernel(CPUS, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
                Tasks tasks = new Tasks(kernel);
                program.accept(tasks);
                L listener = listeners.get();
                ended.accept(
                        listener,
                        pool.drive(() ->
                                new Execution(kernel, pool, strategy, Limits.DEFAULT, listener).run(tasks.bodies)));
            }
        }
    }
}
