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
     * What came out.
     *
     * @param executions how many there were
     * @param steps of all of them together
     * @param complete whether the strategy has shown everything that it can show
     * @param found the first bad result, null if there is none
     * @param schedule that of the bad result
     * @param <R> what one run comes to
     */
    public record Exploration<R>(
            long executions,
            long steps,
            boolean complete,
            @Nullable R found,
            @Nullable Schedule schedule) {}

    /**
     * Explores; call it within {@link TaskPool#drive}.
     *
     * @param executionsMax how many executions there may be
     */
    public Exploration<R> run(Strategy strategy, long executionsMax) {
        long executions = 0;
        long steps = 0;
        boolean more = true;
        while (more && executions < executionsMax) {
            Subject.Attempt<R> attempt = subject.attempt();
            Ending ending = new Execution(attempt.kernel(), pool, strategy).run(attempt.tasks());
            executions++;
            steps += ending.steps();
            R result = attempt.judge(ending);
            if (bad.test(result)) {
                return new Exploration<>(executions, steps, false, result, ending.schedule());
            }
            more = strategy.end();
        }
        return new Exploration<>(executions, steps, !more, null, null);
    }
}
