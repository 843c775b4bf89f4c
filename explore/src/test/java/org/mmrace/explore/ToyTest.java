package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.Pct;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.RandomWalk;

/** The scheduler against a program whose schedules were counted by other means (algorithms.md). */
class ToyTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private record Counts(long executions, long failing, int longest, int traces) {}

    private static Counts count(Toy.Bug bug, Strategy strategy, long executionsMax, int exactPreemptions) {
        return POOL.drive(() -> {
            long executions = 0;
            long failing = 0;
            int longest = 0;
            TraceCounts traces = new TraceCounts();
            boolean more = true;
            for (long i = 0; more && i < executionsMax; i++) {
                Toy toy = new Toy(bug);
                Ending ending = toy.run(POOL, strategy, Settings.DEFAULT.tracing());
                assertThat(ending.how()).isEqualTo(How.COMPLETE);
                traces.add(ending.trace());
                longest = Math.max(longest, ending.steps());
                if (!(strategy instanceof DepthFirst search)
                        || exactPreemptions < 0
                        || search.preemptions() == exactPreemptions) {
                    executions++;
                    failing += toy.fails() ? 1 : 0;
                }
                more = strategy.end();
            }
            return new Counts(executions, failing, longest, traces.distinct());
        });
    }

    @Test
    @DisplayName(
            "Every schedule of the correct toy: 81,470 with 433 traces, none of which fails, the longest of 34 steps")
    void bruteForce() {
        Counts counts = count(Toy.Bug.NONE, DepthFirst.all(), Long.MAX_VALUE, -1);
        assertThat(counts).isEqualTo(new Counts(81_470, 0, 34, 433));
    }

    @ParameterizedTest(name = "{0}, {1} preemptions: {2} schedules, {3} fail")
    @CsvSource({
        "NONE,               0,    6,    0",
        "NONE,               1,   84,    0",
        "NONE,               2,  489,    0",
        "CHECK_OUTSIDE_LOCK, 0,    6,    0",
        "CHECK_OUTSIDE_LOCK, 1,  150,   31",
        "CHECK_OUTSIDE_LOCK, 2, 1442,  366",
        "LOST_UPDATE,        1,   84,    0",
        "LOST_UPDATE,        2,  489,    0",
        "LOST_UPDATE,        3, 1899,   36",
    })
    void bounded(Toy.Bug bug, int preemptions, long schedules, long failing) {
        Counts counts = count(bug, DepthFirst.withPreemptions(preemptions), Long.MAX_VALUE, preemptions);
        assertThat(counts.executions).isEqualTo(schedules);
        assertThat(counts.failing).isEqualTo(failing);
    }

    /**
     * The probability of the random walk is exact (algorithms.md), those of the others are from 400,000 runs there;
     * 2.576 standard deviations are the 99 % interval.
     */
    @ParameterizedTest(name = "{0} fails with probability {2} under {1}")
    @CsvSource({
        "NONE,                random, 0",
        "CHECK_OUTSIDE_LOCK,  random, 0.39460",
        "LOST_UPDATE,         random, 0.05451",
        "CHECK_OUTSIDE_LOCK,  pos,    0.331",
        "LOST_UPDATE,         pos,    0.0401",
    })
    void hitRate(Toy.Bug bug, String name, double probability) {
        long runs = 20_000;
        Counts counts = count(bug, name.equals("pos") ? new Pos(1) : new RandomWalk(1), runs, -1);
        double deviation = Math.sqrt(probability * (1 - probability) * runs);
        assertThat(counts.executions).isEqualTo(runs);
        assertThat(Math.abs(counts.failing - probability * runs)).isLessThanOrEqualTo(2.576 * deviation);
    }

    /**
     * The figures of algorithms.md are for change points among all of 34 steps; here they are among the choices, which
     * are fewer, so this must do at least as well. Nothing that takes no preemption at the right moment is found by
     * depth 1.
     */
    @ParameterizedTest(name = "depth {0}: at least {1}")
    @CsvSource({"1, 0, 0", "2, 0.108, 0.3", "3, 0.188, 0.4", "5, 0.289, 0.5"})
    void pctHitRate(int depth, double least, double most) {
        long runs = 10_000;
        Counts counts = count(Toy.Bug.CHECK_OUTSIDE_LOCK, new Pct(depth, 1), runs, -1);
        assertThat((double) counts.failing / runs).isBetween(least, most);
    }
}
