package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.strategy.Pct;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.strategy.Urw;

/**
 * How often strategies that draw lots make the toy fail, against what was computed without this scheduler: for the
 * random walk and URW by summing over all states, for PCT by running all priorities with all change points, for POS by
 * 400,000 runs (algorithms.md).
 */
class HitRateTest {
    private static final int RUNS = 10_000;

    /** In standard deviations: the 99 % interval. */
    private static final double INTERVAL = 2.576;

    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static double rate(Toy.Bug bug, Strategy strategy) {
        return POOL.drive(() -> {
            int failing = 0;
            for (int i = 0; i < RUNS; i++) {
                Toy toy = new Toy(bug);
                toy.run(POOL, strategy, StepListener.NONE);
                failing += toy.fails() ? 1 : 0;
            }
            return (double) failing / RUNS;
        });
    }

    /** {@code sample} is how many runs {@code expected} comes from, 0 when it is exact: both have an error. */
    private static void assertNear(double rate, double expected, double sample) {
        double variance = expected * (1 - expected);
        double deviation = Math.sqrt(variance / RUNS + (sample == 0 ? 0 : variance / sample));
        assertThat(Math.abs(rate - expected)).isLessThanOrEqualTo(INTERVAL * deviation);
    }

    @ParameterizedTest(name = "{0} fails with probability {1}")
    @CsvSource({"NONE, 0", "CHECK_OUTSIDE_LOCK, 0.394602", "LOST_UPDATE, 0.054513"})
    void randomWalk(Toy.Bug bug, double exact) {
        assertNear(rate(bug, new RandomWalk(1)), exact, 0);
    }

    @ParameterizedTest(name = "{0} fails with probability {1}")
    @CsvSource({"CHECK_OUTSIDE_LOCK, 0.331", "LOST_UPDATE, 0.0401"})
    void pos(Toy.Bug bug, double ofSample) {
        assertNear(rate(bug, new Pos(1)), ofSample, 400_000);
    }

    /** With the numbers of steps that the figures of algorithms.md are for: 0.262 and 0.0293 in 400,000 runs there. */
    @ParameterizedTest(name = "{0} with {1}, {2}, {3} steps fails with probability {4}")
    @CsvSource({
        "CHECK_OUTSIDE_LOCK,  9, 10, 10, 0.262567",
        "CHECK_OUTSIDE_LOCK, 14, 10, 10, 0.545438",
        "LOST_UPDATE,        15, 10, 10, 0.029134",
        "LOST_UPDATE,         9, 10, 10, 0.067719",
    })
    void urw(Toy.Bug bug, long first, long second, long third, double exact) {
        assertNear(rate(bug, Urw.expecting(1, first, second, third)), exact, 0);
    }

    /**
     * Over 34 steps, with change points that are distinct. With points that may coincide, as in the figures of
     * algorithms.md, the exact probabilities are 0.10784, 0.18685, 0.24535 and 0.28888.
     */
    @ParameterizedTest(name = "depth {0} fails with probability {1}")
    @CsvSource({"1, 0", "2, 0.107843", "3, 0.189245", "4, 0.250738", "5, 0.296975"})
    void pct(int depth, double exact) {
        assertNear(rate(Toy.Bug.CHECK_OUTSIDE_LOCK, Pct.overSteps(depth, 34, 1)), exact, 0);
    }

    /** Change points are among the choices, which are fewer than the steps: that can only help. */
    @ParameterizedTest(name = "depth {0}: at least {1}")
    @CsvSource({"2, 0.108, 0.3", "3, 0.189, 0.4", "5, 0.297, 0.5"})
    void pctOverChoices(int depth, double least, double most) {
        assertThat(rate(Toy.Bug.CHECK_OUTSIDE_LOCK, new Pct(depth, 1))).isBetween(least, most);
    }
}
