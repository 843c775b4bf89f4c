package org.mmrace.explore.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** A task that waits in a loop for another one, who could go, is no livelock: no strategy lets it turn for ever. */
class WaitLoopTest {
    private static final long EXECUTIONS = 2_000;

    /** Peterson's mutual exclusion of two tasks (Information Processing Letters, 1981). */
    private static Subject<Outcome> peterson(boolean waits) {
        return Subject.of(2, (kernel, tasks) -> program(kernel, tasks, waits));
    }

    private static void program(ControlledKernel kernel, Tasks tasks, boolean waits) {
        WordArray wants = new WordArray(2);
        Word victim = new Word();
        Word inside = new Word();
        boolean[] met = new boolean[1];
        IntConsumer enter = me -> {
            kernel.writeOnce(wants, me, 1);
            kernel.writeOnce(victim, me);
        };
        IntConsumer section = me -> {
            met[0] |= kernel.addReturn(inside, 1) > 1;
            kernel.addReturn(inside, -1);
            kernel.writeOnce(wants, me, 0);
        };
        for (int i = 0; i < 2; i++) {
            int me = i;
            tasks.add("p" + i, task -> {
                enter.accept(me);
                if (waits) {
                    await(kernel, task, wants, victim, me);
                }
                section.accept(me);
            });
        }
        tasks.check("one at a time", () -> !met[0]);
    }

    private static void await(ControlledKernel kernel, Task task, WordArray wants, Word victim, int me) {
        int turns = 0;
        while (kernel.readOnce(wants, 1 - me) == 1 && kernel.readOnce(victim) == me) {
            kernel.condResched(task, ++turns);
        }
    }

    private static Explorer.Exploration<Outcome> explore(String strategy, boolean waits) {
        try (TaskPool pool = new TaskPool()) {
            return new Explorer<>(peterson(waits), pool, Outcome::bad)
                    .run(StrategyName.parse(strategy).make(1), EXECUTIONS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portfolio",
                "random",
                "pct:2",
                "pct:5",
                "pos",
                "urw",
                "surw",
                "rr",
                "pb:1",
                "pb:2",
                "states:2",
                "states",
                "dpor",
                "optimal",
                "dfs"
            })
    void isNoLivelock(String strategy) {
        Explorer.Exploration<Outcome> seen = explore(strategy, true);
        assertThat(seen.found()).as(seen.verdict()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"portfolio", "random", "pct:2", "pos", "urw", "surw", "pb:1", "states:1", "dpor", "optimal"})
    void withoutTheLoopBothAreInside(String strategy) {
        assertThat(explore(strategy, false).found()).isNotNull();
    }
}
