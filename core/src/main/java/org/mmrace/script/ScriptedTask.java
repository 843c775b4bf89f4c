package org.mmrace.script;

import java.util.List;
import org.mmrace.kernel.Task;
import org.mmrace.op.Actor;
import org.mmrace.op.Result;
import org.mmrace.op.Step;

/** A task with its script, to be run once, on a thread of its own or under a scheduler. */
public final class ScriptedTask implements Runnable {
    private final TaskScript script;
    private final Actor actor;
    private Result last = Result.NONE;
    private boolean crashed;
    private volatile int done;

    ScriptedTask(TaskScript script, Actor actor) {
        this.script = script;
        this.actor = actor;
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
        return last;
    }

    /** Whether the kernel crashed in it, so that it still holds what it held. */
    public boolean crashed() {
        return crashed;
    }

    /** Runs all steps, or as many as it lives to run. */
    @Override
    public void run() {
        for (int i = 0; i < script.steps().size(); i++) {
            last = actor.perform(script.steps().get(i));
            done = i + 1;
            crashed = last.equals(Result.BUG);
            if (crashed || task().fatalSignalPending()) {
                return;
            }
        }
    }
}
