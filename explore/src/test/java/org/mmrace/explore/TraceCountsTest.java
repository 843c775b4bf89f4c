package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about traces that nobody has seen, against samples whose distribution is known. */
class TraceCountsTest {
    @Test
    void countsOnceTwiceAndMore() {
        TraceCounts counts = new TraceCounts();
        IntStream.of(7, 0, 8, 8, 9, 9, 9, 9).forEach(counts::add);
        assertThat(counts.distinct()).isEqualTo(4);
        assertThat(counts.once()).isEqualTo(2);
        assertThat(counts.twice()).isEqualTo(1);
        assertThat(counts.executions()).isEqualTo(8);
        assertThat(counts.newTraceEstimate()).isEqualTo(2.0 / 8);
        assertThat(counts.tracesAtLeast()).isEqualTo(4 + 2 * 1.0 / (2 * 2));
    }

    @Test
    void remembersEveryTraceBeyondTheFirstTable() {
        TraceCounts counts = new TraceCounts();
        for (long i = 0; i < 20_000; i++) {
            counts.add(i % 10_000);
        }
        assertThat(counts.distinct()).isEqualTo(10_000);
        assertThat(counts.twice()).isEqualTo(10_000);
        assertThat(counts.newTraceBound()).isGreaterThan(TraceCounts.ruleOfThree(20_000));
    }

    @Test
    void stopsCountingAtTheBound() {
        TraceCounts counts = new TraceCounts(100);
        for (long i = 0; i < 1_000; i++) {
            counts.add(i);
        }
        assertThat(counts.full()).isTrue();
        assertThat(counts.distinct()).isEqualTo(100);
        assertThat(counts.executions()).isEqualTo(100);
    }

    @Test
    void nothingSeenProvesNothing() {
        assertThat(new TraceCounts().newTraceBound()).isEqualTo(1);
        assertThat(TraceCounts.ruleOfThree(0)).isEqualTo(1);
        assertThat(TraceCounts.ruleOfThree(2)).isEqualTo(1);
        assertThat(TraceCounts.ruleOfThree(12_000)).isEqualTo(0.00025);
    }

    @Test
    void oneTraceAgainAndAgainLeavesTheRuleOfThree() {
        TraceCounts counts = new TraceCounts();
        for (int i = 0; i < 600; i++) {
            counts.add(5);
        }
        assertThat(counts.newTraceBound()).isEqualTo(3.0 / 600);
    }

    /** How often the bound holds in 1,000 samples, and how far the mean of the estimates is from that of the truth. */
    @ParameterizedTest(name = "{0}, {1} traces, {2} executions")
    @CsvSource({
        "even,      433,    100",
        "even,      433,   1000",
        "even,      433,   3000",
        "even,    10000,   1000",
        "zipf,      433,    300",
        "zipf,    10000,   3000",
        "halving,    60,   1000",
    })
    void boundHolds(String shape, int species, int executions) {
        IntToDoubleFunction weight = switch (shape) {
            case "even" -> i -> 1;
            case "zipf" -> i -> 1.0 / (i + 1);
            default -> i -> Math.pow(0.5, i);
        };
        double[] upTo = IntStream.range(0, species).mapToDouble(weight).toArray();
        Arrays.parallelPrefix(upTo, Double::sum);
        SplittableRandom random = new SplittableRandom(1);
        int holds = 0;
        double difference = 0;
        for (int sample = 0; sample < 1_000; sample++) {
            TraceCounts counts = new TraceCounts();
            boolean[] seen = new boolean[species];
            for (int i = 0; i < executions; i++) {
                int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[species - 1]);
                int one = found < 0 ? -1 - found : found;
                seen[one] = true;
                counts.add(one);
            }
            double unseen = IntStream.range(0, species)
                            .filter(i -> !seen[i])
                            .mapToDouble(weight)
                            .sum()
                    / upTo[species - 1];
            holds += unseen <= counts.newTraceBound() ? 1 : 0;
            difference += counts.newTraceEstimate() - unseen;
        }
        assertThat(holds).isGreaterThanOrEqualTo(940);
        assertThat(difference / 1_000).isCloseTo(0, within(0.005));
    }
}
