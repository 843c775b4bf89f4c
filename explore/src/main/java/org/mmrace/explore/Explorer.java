package org.mmrace.explore;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Subject} again and again under a {@link Strategy}, until something bad comes out, the strategy has
 * shown everything, or somebody says that it is enough.
 *
 * @param <R> what one run comes to
 */
public final class Explorer<R> {
    private final Subject<R> subject;
    private final TaskPool pool;
    private final Predicate<R> bad;

    /**
     * An explorer.
     *
     * @param bad what is looked for
     */
    public Explorer(Subject<R> subject, TaskPool pool, Predicate<R> bad) {
        this.subject = subject;
        this.pool = pool;
        this.bad = bad;
    }

    /**
     * Sees what comes out of each execution.
     *
     * @param <R> what one run comes to
     */
    @FunctionalInterface
    public interface Listener<R> {
        /**
         * The {@code number}-th execution, from 1 on, is over; called on the thread that explores.
         *
         * @param bad whether {@code result} is what is looked for
         */
        void ended(long number, Ending ending, R result, boolean bad);
    }

    /**
     * What came out.
     *
     * @param executions how many there were
     * @param steps of all of them together
     * @param complete whether the strategy has shown everything that it can show
     * @param found the first bad result, null if there is none
     * @param schedule that of the first bad result
     * @param bad how many results were bad; 1 at most unless {@link Plan#pastBad}
     * @param firstBad the number of the first bad execution, from 1 on; 0 if there is none
     * @param traces null unless {@link Plan#traces}
     * @param verdict what was found, or what was proved, in one line: what the next execution, or any other one, may do
     * @param <R> what one run comes to
     */
    public record Exploration<R>(
            long executions,
            long steps,
            boolean complete,
            @Nullable R found,
            @Nullable Schedule schedule,
            long bad,
            long firstBad,
            @Nullable TraceCounts traces,
            String verdict) {}

    /**
     * Explores until the first bad result.
     *
     * @param executionsMax how many executions there may be
     */
    public Exploration<R> run(Strategy strategy, long executionsMax) {
        return run(strategy, Plan.of(executionsMax));
    }

    /** Explores as {@code plan} says. */
    public Exploration<R> run(Strategy strategy, Plan plan) {
        return run(strategy, plan, (number, ending, result, isBad) -> {});
    }

    /**
     * Explores as {@code plan} says, and tells {@code listener} of each execution.
     *
     * @throws StaleScheduleException when the strategy replays a schedule of another program
     * @throws DivergedException when the strategy cannot follow its schedule, or the program does not do the same when
     *     it is scheduled the same
     */
    public Exploration<R> run(Strategy strategy, Plan plan, Listener<R> listener) {
        return pool.drive(() -> loop(strategy, plan, listener));
    }

    private Exploration<R> loop(Strategy strategy, Plan plan, Listener<R> listener) {
        Settings settings = new Settings(plan.limits(), StepListener.NONE, subject.hash(), plan.traces());
        TraceCounts traces = plan.traces() ? new TraceCounts() : null;
        R found = null;
        Schedule schedule = null;
        long executions = 0;
        long steps = 0;
        long badOnes = 0;
        long firstBad = 0;
        boolean more = true;
        while (more
                && executions < plan.executionsMax()
                && (badOnes == 0 || plan.pastBad())
                && !(executions > 0 && plan.enough().getAsBoolean())) {
            Subject.Attempt<R> attempt = subject.attempt();
            Ending ending = new Execution(attempt.kernel(), pool, strategy, settings.listening(attempt.listener()))
                    .run(attempt.tasks());
            executions++;
            steps += ending.steps();
            if (traces != null && ending.how() != Ending.How.REDUNDANT) {
                traces.add(ending.trace());
            }
            R result = attempt.judge(ending);
            boolean isBad = bad.test(result);
            if (isBad && badOnes++ == 0) {
                found = result;
                schedule = ending.schedule();
                firstBad = executions;
            }
            listener.ended(executions, ending, result, isBad);
            more = strategy.end();
        }
        String verdict = VerdictText.of(strategy, !more, executions, badOnes, firstBad, found, traces);
        return new Exploration<>(executions, steps, !more, found, schedule, badOnes, firstBad, traces, verdict);
    }
}
