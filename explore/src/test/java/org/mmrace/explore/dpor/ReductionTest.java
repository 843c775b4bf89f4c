package org.mmrace.explore.dpor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.kernel.Word;

/** What the reductions do beside reducing: values, observers, loops, and what they say in the end. */
class ReductionTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static List<Dpor> both() {
        return List.of(new SourceDpor(), new OptimalDpor());
    }

    /** 3 values of one task, 2 of the other one, and for each pair two orders of the writes. */
    @Test
    void everyValueIsTried() {
        for (Dpor dpor : both()) {
            boolean[][] seen = new boolean[3][2];
            Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
                Word x = new Word();
                tasks.add("a", task -> {
                    kernel.readOnce(new Word());
                    int value = kernel.choices().choose(3);
                    kernel.writeOnce(x, value);
                });
                tasks.add("b", task -> {
                    int value = kernel.choices().choose(2);
                    seen[(int) kernel.readOnce(x)][value] = true;
                    kernel.writeOnce(x, 1);
                });
            });
            Exploration<Outcome> shown = new Explorer<>(subject, POOL, Outcome::bad).run(dpor, Plan.exhaustive());
            assertThat(shown.complete()).isTrue();
            assertThat(seen).as(dpor.toString()).isDeepEqualTo(new boolean[][] {{true, true}, {true, true}, {true, true}
            });
        }
    }

    /** The steps are independent, but what an observer of one of them sees depends on the other one. */
    @Test
    void whatObserversSeeCounts() {
        for (Dpor dpor : both()) {
            boolean[] seen = new boolean[2];
            Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
                Word x = new Word();
                Word y = new Word();
                Runnable observer = kernel.observing(Runnable.class, () -> seen[(int) kernel.readOnce(y)] = true);
                tasks.add("a", task -> {
                    kernel.writeOnce(x, 1);
                    observer.run();
                });
                tasks.add("b", task -> kernel.writeOnce(y, 1));
            });
            Exploration<Outcome> shown = new Explorer<>(subject, POOL, Outcome::bad).run(dpor, Plan.exhaustive());
            assertThat(shown.complete()).isTrue();
            assertThat(seen).as(dpor.toString()).containsExactly(true, true);
        }
    }

    /** As many turns as there are executions; with a bound there is an end, and the verdict says so. */
    @ParameterizedTest(name = "reschedules: {0}")
    @ValueSource(booleans = {true, false})
    void loopsThatWaitAreCutOff(boolean reschedules) {
        for (Dpor dpor : both()) {
            Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
                Word x = new Word();
                tasks.add("a", task -> {
                    for (int turn = 1; kernel.readOnce(x) == 0; turn++) {
                        if (reschedules) {
                            kernel.condResched(task, turn);
                        }
                    }
                });
                tasks.add("b", task -> kernel.writeOnce(x, 1));
            });
            Exploration<Outcome> shown = new Explorer<>(subject, POOL, r -> false).run(dpor, Plan.exhaustive());
            assertThat(shown.complete()).isTrue();
            assertThat(dpor.cut()).isEqualTo(1);
            assertThat(dpor.complete()).isEqualTo(reschedules ? 5 : 33);
            assertThat(shown.verdict()).contains("(1 execution cut off)");
        }
    }

    @Test
    void saysWhatIsProved() {
        Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
            Word x = new Word();
            tasks.add("a", task -> kernel.writeOnce(x, 1)).add("b", task -> kernel.writeOnce(x, 2));
        });
        for (Dpor dpor : both()) {
            assertThat(new Explorer<>(subject, POOL, Outcome::bad)
                            .run(dpor, Plan.exhaustive())
                            .verdict())
                    .isEqualTo("all 2 traces, complete, no violation");
        }
    }
}
