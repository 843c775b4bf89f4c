package org.mmrace.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Ending.How;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Verb;

/**
 * One run of a few tasks under a {@link Strategy}, one step at a time. Every verb of {@link ControlledKernel} comes
 * here before its effect: the thread of the task that asks decides, on behalf of the strategy, who goes on, and hands
 * over to that one. A step that cannot happen is never picked.
 *
 * <p>Before the first decision each task runs to its first verb, which touches nothing shared.
 */
public final class Execution {
    private final ControlledKernel kernel;
    private final Strategy strategy;
    final Settings settings;
    private final Chronicle chronicle;
    private final boolean sources;
    private final boolean observed;
    private final TaskPool pool;
    private Fiber[] fibers = {};
    private Step[] steps = {};
    private Choice choice = new Choice(steps);
    private final Baton starter = new Baton(Thread.currentThread());
    private int begun;
    private int current = Choice.NONE;
    private int last = Choice.NONE;
    private boolean stopping;
    private @Nullable Throwable refused;

    /** An execution on {@code kernel} with the limits that scenarios need, and nobody who listens. */
    public Execution(ControlledKernel kernel, TaskPool pool, Strategy strategy) {
        this(kernel, pool, strategy, Settings.DEFAULT);
    }

    /** As {@link #Execution(ControlledKernel, TaskPool, Strategy, Settings)}, of a program without a name. */
    public Execution(ControlledKernel kernel, TaskPool pool, Strategy strategy, Limits limits, StepListener listener) {
        this(kernel, pool, strategy, Settings.DEFAULT.within(limits).listening(listener));
    }

    /** An execution on {@code kernel}, whose tasks run on the threads of {@code pool}. */
    public Execution(ControlledKernel kernel, TaskPool pool, Strategy strategy, Settings settings) {
        this.kernel = kernel;
        this.pool = pool;
        this.strategy = strategy;
        this.settings = settings;
        this.chronicle = new Chronicle(settings);
        this.observed = strategy.wantsObserved();
        this.sources = settings.listener().wantsSources();
    }

    /**
     * Runs {@code tasks} to their end, or as far as they come. An execution runs once, on the thread that made it.
     *
     * @throws StaleScheduleException when the strategy replays a schedule of another program
     * @throws DivergedException when the strategy cannot follow its schedule or script
     * @throws IllegalStateException when the strategy or the listener fails, with what was decided until then
     * @throws IllegalArgumentException for more tasks than a {@link Schedule} can name
     */
    public Ending run(List<TaskBody> tasks) {
        if (tasks.size() > Schedule.TASKS_MAX) {
            throw new IllegalArgumentException("at most " + Schedule.TASKS_MAX + " tasks, not " + tasks.size());
        }
        strategy.begin(settings.program());
        steps = new Step[tasks.size()];
        fibers = new Fiber[tasks.size()];
        for (int number = 0; number < steps.length; number++) {
            TaskBody task = tasks.get(number);
            Step step = new Step(number, task.task());
            steps[number] = step;
            fibers[number] = pool.fiber(number);
            fibers[number].prepare(() -> runBody(step, task.body()));
        }
        choice = new Choice(steps);
        kernel.control(this);
        if (observed) {
            Ghost.watch(this::touched);
        }
        handOver(next());
        starter.await();
        abandonRest();
        Ghost.watch(null);
        kernel.control(null);
        return result();
    }

    private Ending result() {
        Ending result = chronicle.ending();
        if (refused instanceof DivergedException diverged) {
            throw diverged;
        }
        if (refused != null) {
            throw new IllegalStateException("the strategy failed, behind " + result.schedule(), refused);
        }
        return result;
    }

    /** Ends this execution before its next step; for observers that have seen enough, on the thread of a task. */
    public void stop() {
        stopping = true;
    }

    /** How many steps have happened. */
    public int steps() {
        return chronicle.steps();
    }

    /** The task that runs stands at a step that can happen at once. */
    void point(Verb verb, @Nullable Object object, int index) {
        steps[current].set(verb, object, index);
        pass();
    }

    /** The task that runs stands at a step that can happen while {@code guard} holds. */
    void point(
            Verb verb,
            @Nullable Object object,
            int index,
            @Nullable Lockable lock,
            @Nullable Guard guard,
            List<Access> further) {
        steps[current].set(verb, object, index, lock, guard, further);
        pass();
    }

    /** An observer looks at a place. */
    void observed(@Nullable Object object, int index) {
        if (observed && object != null) {
            touched(object, index, false);
        }
    }

    /** The step that is under way touches a place beside those that it was known to touch. */
    void touched(Object object, int index, boolean writes) {
        if (last != Choice.NONE && !chronicle.over()) {
            strategy.touched(object, index, writes);
            chronicle.touched(object, index, writes);
        }
    }

    /** The task that runs turns a loop for the {@code turn}-th time. */
    void turns(int turn) {
        if (turn > settings.limits().turnsMax()) {
            Step step = steps[current];
            throw leave(How.LIVELOCK, step.task() + " turned " + turn + " times; " + Standing.ofAll(choice));
        }
    }

    /** The task that runs chooses one of {@code bound} values. */
    int choose(int bound) {
        if (chronicle.over()) {
            throw Abandoned.ONLY;
        }
        if (Choices.checked(bound) == 1) {
            return 0;
        }
        int chosen;
        try {
            chosen = strategy.choose(steps[current], bound);
            if (chosen < 0 || chosen >= bound) {
                throw new IllegalStateException("strategy " + strategy + " chose " + chosen + " of " + bound);
            }
        } catch (RuntimeException | Error e) {
            refused = e;
            throw leave(How.FAILED, "the strategy failed");
        }
        chronicle.chose(current, chosen);
        return chosen;
    }

    /** The task that runs ends the execution in the middle of its work, and comes back when it is to unwind. */
    private Abandoned leave(How how, String detail) {
        int me = current;
        end(how, detail, null);
        starter.give();
        fibers[me].await();
        return Abandoned.ONLY;
    }

    private void pass() {
        if (chronicle.over()) {
            throw Abandoned.ONLY;
        }
        int me = current;
        if (sources || strategy.wantsFunctions()) {
            steps[me].setFunctions(CallStack.functions());
        }
        if (sources) {
            steps[me].setSource(CallStack.lines());
        }
        int next = next();
        if (next != me) {
            handOver(next);
            fibers[me].await();
            if (chronicle.over()) {
                throw Abandoned.ONLY;
            }
        }
        steps[me].begin();
    }

    /** The task that runs does {@code action} when its next step happens. */
    void atNextStep(@Nullable Runnable action) {
        steps[current].setAtBegin(action);
    }

    private void runBody(Step step, Runnable body) {
        try {
            body.run();
        } catch (Bug | Abandoned e) {
            // The kernel's log has had the bug, and the task is dead; an abandoned one was told to be.
            step.finish();
        } catch (RuntimeException | Error e) {
            step.finish();
            end(How.FAILED, step.task() + " failed", e);
        }
        step.finish();
        if (chronicle.over()) {
            starter.give();
        } else {
            handOver(next());
        }
    }

    /** The number of the task that goes next, or NONE when the execution is over. */
    private int next() {
        if (begun < fibers.length) {
            current = begun++;
            return current;
        }
        try {
            current = decide();
        } catch (RuntimeException | Error e) {
            refused = e;
            end(How.FAILED, "the strategy failed", e);
            current = Choice.NONE;
        }
        return current;
    }

    private int decide() {
        if (stopping) {
            return end(How.STOPPED, "", null);
        }
        choice.refresh(last);
        if (choice.size() == 0) {
            if (!choice.allFinished()) {
                strategy.stuck(choice);
                return end(How.DEADLOCK, Standing.ofAll(choice), null);
            }
            strategy.complete(choice);
            return end(How.COMPLETE, "", null);
        }
        if (chronicle.steps() == settings.limits().stepsMax()) {
            return end(How.STEP_BOUND, "after " + chronicle.steps() + " steps: " + Standing.ofAll(choice), null);
        }
        if (strategy.stops(choice)) {
            return end(How.REDUNDANT, "", null);
        }
        int picked = 0;
        if (choice.size() > 1) {
            picked = strategy.pick(choice);
            chronicle.picked(choice.enabled(picked).number());
        }
        strategy.step(choice, picked);
        choice.happens(picked);
        chronicle.happens(choice.enabled(picked));
        last = choice.enabled(picked).number();
        return last;
    }

    private int end(How how, String detail, @Nullable Throwable failure) {
        chronicle.end(how, detail, failure, choice);
        return Choice.NONE;
    }

    private void handOver(int number) {
        if (number == Choice.NONE) {
            starter.give();
        } else {
            fibers[number].resume();
        }
    }

    /** Unwinds the tasks that stand at a step, one at a time; those that have not begun have nothing to unwind. */
    private void abandonRest() {
        for (int number = 0; number < begun; number++) {
            if (!steps[number].finished()) {
                current = number;
                fibers[number].resume();
                starter.await();
            }
        }
    }
}
