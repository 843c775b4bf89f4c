package org.mmrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mmrace.explore.Ending.How;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/** The tasks of a small program and what must be so when they have ended; see {@link Subject#of}. */
public final class Tasks implements Subject.Attempt<Outcome> {
    private final int cpus;
    private final ControlledKernel kernel;
    private final List<TaskBody> tasks = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private String logged = "";

    /** What must be so at the end, and what to say if it is not. */
    private record Check(String what, BooleanSupplier holds) {}

    Tasks(int cpus) {
        this.cpus = cpus;
        kernel = new ControlledKernel(cpus, new Log(), LockObserver.NONE, RetryWatch.NONE);
    }

    /** Keeps the first thing that the kernel says. */
    private final class Log implements KernelLog {
        private void say(String kind, Task task, String function, String what) {
            if (logged.isEmpty()) {
                logged = kind + " in " + function + ", task " + task + ": " + what;
            }
        }

        @Override
        public void warn(Task task, String function, String what) {
            say("WARNING", task, function, what);
        }

        @Override
        public void bug(Task task, String function, String what) {
            say("kernel BUG", task, function, what);
        }

        @Override
        public void badPte(Task task, long pte, long addr) {
            say("bad entry", task, "print_bad_pte", Long.toHexString(pte) + " at " + Long.toHexString(addr));
        }
    }

    /**
     * One more task, on a CPU of its own.
     *
     * @param body reaches shared state through the kernel's verbs only; what it throws is a finding
     * @throws IllegalArgumentException when there are no more CPUs
     */
    public Tasks add(String name, Consumer<Task> body) {
        int id = tasks.size();
        if (id == cpus) {
            throw new IllegalArgumentException("task " + name + " has no CPU: there are " + cpus);
        }
        Task task = new Task(id, id, name);
        tasks.add(new TaskBody(task, () -> body.accept(task)));
        return this;
    }

    /**
     * What must be so when all tasks have ended.
     *
     * @param what the claim, for the report when it is false
     */
    public Tasks check(String what, BooleanSupplier holds) {
        checks.add(new Check(what, holds));
        return this;
    }

    @Override
    public ControlledKernel kernel() {
        return kernel;
    }

    @Override
    public List<TaskBody> tasks() {
        return List.copyOf(tasks);
    }

    @Override
    public Outcome judge(Ending ending) {
        String failed = "";
        if (ending.how() == How.COMPLETE) {
            for (Check check : checks) {
                if (failed.isEmpty() && !check.holds.getAsBoolean()) {
                    failed = "not so at the end: " + check.what;
                }
            }
        }
        return Outcome.of(ending, logged, failed);
    }
}
