package org.mmrace.script;

import java.util.Arrays;
import java.util.List;
import org.mmrace.kernel.Task;
import org.mmrace.op.Actor;
import org.mmrace.op.Result;
import org.mmrace.op.Step;

/** A task with its script, to be run once, on a thread of its own or under a scheduler. */
public final class ScriptedTask implements Runnable {
    private final TaskScript script;
    private final Actor actor;
    private final Result[] results;
    private boolean crashed;
    private volatile int done;

    ScriptedTask(TaskScript script, Actor actor) {
        this.script = script;
        this.actor = actor;
        this.results = new Result[script.steps().size()];
        Arrays.fill(results, Result.NONE);
    }

    /** How the scenario calls it. */
    public String name() {
        return script.name();
    }

    /** The task that the kernel sees. */
    public Task task() {
        return actor.task();
    }

    /** Its steps. */
    public List<Step> steps() {
        return script.steps();
    }

    /** How many steps it has finished; any thread may ask. */
    public int done() {
        return done;
    }

    /** What the last step that it has finished gave; when it has ended. */
    public Result last() {
        return done == 0 ? Result.NONE : results[done - 1];
    }

    /** What its step {@code i} gave, which it has finished; any thread may ask. */
    public Result result(int i) {
        return results[i];
    }

    /** Whether the kernel crashed in it, so that it still holds what it held. */
    public boolean crashed() {
        return crashed;
    }

    /** Runs all steps, or as many as it lives to run. */
    @Override
    public void run() {
        for (int i = 0; i < script.steps().size(); i++) {
            Result result = actor.perform(script.steps().get(i));
            results[i] = result;
            done = i + 1;
            crashed = result.equals(Result.BUG);
            if (crashed || task().fatalSignalPending()) {
                return;
            }
        }
    }
}
