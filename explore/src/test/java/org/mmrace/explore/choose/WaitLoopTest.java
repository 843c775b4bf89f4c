package org.mmrace.explore.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** A task that waits in a loop for another one, who could go, is no livelock: no strategy lets it turn for ever. */
class WaitLoopTest {
    private static final long EXECUTIONS = 2_000;

    /** More than the turns after which a search would end an execution. */
    private static final int MANY = 40;

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

    private static Explorer.Exploration<Outcome> explore(String strategy, Subject<Outcome> subject) {
        try (TaskPool pool = new TaskPool()) {
            return new Explorer<>(subject, pool, Outcome::bad)
                    .run(StrategyName.parse(strategy).make(1), EXECUTIONS);
        }
    }

    static Stream<String> strategies() {
        return Stream.of(
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
                "dfs");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void isNoLivelock(String strategy) {
        Explorer.Exploration<Outcome> seen = explore(strategy, peterson(true));
        assertThat(seen.found()).as(seen.verdict()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"portfolio", "random", "pct:2", "pos", "urw", "surw", "pb:1", "states:1", "dpor", "optimal"})
    void withoutTheLoopBothAreInside(String strategy) {
        assertThat(explore(strategy, peterson(false)).found()).isNotNull();
    }

    /** Until the other task has stored something; without {@code cond_resched()}. */
    private static Subject<Outcome> readsUntilThere() {
        return Subject.of(2, (kernel, tasks) -> {
            Word there = new Word();
            tasks.add("waits", task -> spin(() -> kernel.readOnce(there) == 1))
                    .add("stores", task -> kernel.writeOnce(there, 1));
        });
    }

    private static Subject<Outcome> triesUntilUnlocked() {
        return Subject.of(2, (kernel, tasks) -> {
            RwSem lock = new RwSem(LockClass.MMAP, "mmap_lock");
            tasks.add("tries", task -> {
                        spin(() -> kernel.downReadTrylock(task, lock));
                        kernel.upRead(task, lock);
                    })
                    .add("locks", task -> {
                        kernel.downWrite(task, lock);
                        kernel.upWrite(task, lock);
                    });
        });
    }

    private static Subject<Outcome> exchangesUntilThere() {
        return Subject.of(2, (kernel, tasks) -> {
            Word there = new Word();
            tasks.add("waits", task -> spin(() -> kernel.cmpxchg(there, 1, 2)))
                    .add("stores", task -> kernel.writeOnce(there, 1));
        });
    }

    /** Looks at something else each time that it has failed. */
    private static Subject<Outcome> triesAndLooks() {
        return Subject.of(2, (kernel, tasks) -> {
            RwSem lock = new RwSem(LockClass.MMAP, "mmap_lock");
            Word looked = new Word();
            tasks.add("tries", task -> {
                        spin(() -> kernel.downReadTrylock(task, lock) || kernel.readOnce(looked) == 1);
                        kernel.upRead(task, lock);
                    })
                    .add("locks", task -> {
                        kernel.downWrite(task, lock);
                        kernel.upWrite(task, lock);
                    });
        });
    }

    private static void spin(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void endsWithoutReschedulingWhereNothingIsWritten(String strategy) {
        for (Subject<Outcome> subject : List.of(readsUntilThere(), triesUntilUnlocked())) {
            Explorer.Exploration<Outcome> seen = explore(strategy, subject);
            assertThat(seen.found()).as(seen.verdict()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"portfolio", "random", "pct:2", "pct:5", "pos", "urw", "surw"})
    void lotsLetOthersGoWhoeverTurns(String strategy) {
        for (Subject<Outcome> subject : List.of(exchangesUntilThere(), triesAndLooks())) {
            Explorer.Exploration<Outcome> seen = explore(strategy, subject);
            assertThat(seen.found()).as(seen.verdict()).isNull();
        }
    }

    /** A search must not take a task that writes for one that waits: it would lose what follows. */
    @ParameterizedTest
    @ValueSource(strings = {"pb:1", "states:1", "dpor", "optimal", "dfs"})
    void manyWritesAreNoLoopThatWaits(String strategy) {
        Explorer.Exploration<Outcome> seen = explore(strategy, Subject.of(2, (kernel, tasks) -> {
            Word count = new Word();
            Word other = new Word();
            tasks.add("adds", task -> {
                        for (int i = 0; i < MANY; i++) {
                            kernel.addReturn(count, 1);
                        }
                    })
                    .add("stores", task -> kernel.writeOnce(other, 1));
        }));
        assertThat(seen.complete()).isTrue();
        assertThat(seen.verdict()).doesNotContain("cut off");
    }
}
