package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.kernel.Word;

/** Executions that differ only in the order of steps that commute have the same trace, and no others. */
class TraceTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Set<Long> traces(Toy.Bug bug, Strategy strategy, long executionsMax) {
        return POOL.drive(() -> {
            Set<Long> traces = new HashSet<>();
            boolean more = true;
            for (long i = 0; more && i < executionsMax; i++) {
                traces.add(new Toy(bug)
                        .run(POOL, strategy, Settings.DEFAULT.tracing())
                        .trace());
                more = strategy.end();
            }
            return traces;
        });
    }

    /**
     * The numbers of all traces are exact (algorithms.md), and those of all executions are the same here: 81,470 in
     * ToyTest, 5,558,136 and 247,760 by hand, for they take minutes. A part of the executions never has more.
     */
    @ParameterizedTest(name = "{0}: {1} traces with up to 3 preemptions, {2} in 20,000 walks, of {3}")
    @CsvSource({"NONE, 225, 332, 433", "CHECK_OUTSIDE_LOCK, 300, 364, 526", "LOST_UPDATE, 244, 466, 688"})
    void tracesOfTheToy(Toy.Bug bug, int bounded, int walked, int all) {
        Set<Long> traces = traces(bug, DepthFirst.withPreemptions(3), Long.MAX_VALUE);
        assertThat(traces).hasSize(bounded);
        Set<Long> walks = traces(bug, new RandomWalk(1), 20_000);
        assertThat(walks).hasSize(walked);
        traces.addAll(walks);
        assertThat(traces).hasSizeLessThanOrEqualTo(all);
    }

    private static int traces(Subject<Outcome> subject) {
        TraceCounts counts = new Explorer<>(subject, POOL, Outcome::bad)
                .run(DepthFirst.all(), Plan.exhaustive().countingTraces())
                .traces();
        return counts == null ? -1 : counts.distinct();
    }

    @Test
    void readsOfOneCellCommute() {
        assertThat(traces(Subject.of(3, (kernel, tasks) -> {
                    Word cell = new Word();
                    tasks.add("a", task -> kernel.readOnce(cell));
                    tasks.add("b", task -> kernel.readOnce(cell));
                    tasks.add("c", task -> kernel.readOnce(cell));
                })))
                .isEqualTo(1);
    }

    @Test
    void writesOfTwoCellsCommute() {
        assertThat(traces(Subject.of(2, (kernel, tasks) -> {
                    Word first = new Word();
                    Word second = new Word();
                    tasks.add("a", task -> kernel.writeOnce(first, 1));
                    tasks.add("b", task -> kernel.writeOnce(second, 1));
                })))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("readers(2) of the literature: a write and two reads have 4 traces")
    void eachReadIsBeforeOrBehindTheWrite() {
        assertThat(traces(Subject.of(3, (kernel, tasks) -> {
                    Word cell = new Word();
                    tasks.add("a", task -> kernel.writeOnce(cell, 1));
                    tasks.add("b", task -> kernel.readOnce(cell));
                    tasks.add("c", task -> kernel.readOnce(cell));
                })))
                .isEqualTo(4);
    }

    @Test
    void eachValueIsATraceOfItsOwn() {
        assertThat(traces(Subject.of(
                        1,
                        (kernel, tasks) -> tasks.add("a", task -> {
                            kernel.choices().choose(3);
                            kernel.choices().choose(2);
                        }))))
                .isEqualTo(6);
    }

    @Test
    void notAskedForCostsNothing() {
        Ending ending = POOL.drive(() -> new Toy(Toy.Bug.NONE).run(POOL, new RandomWalk(1), StepListener.NONE));
        assertThat(ending.trace()).isZero();
    }
}
