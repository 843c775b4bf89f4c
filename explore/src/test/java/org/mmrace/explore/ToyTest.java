package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.strategy.DepthFirst;

/** The scheduler against a program whose schedules were counted by other means (algorithms.md). */
class ToyTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private record Counts(long executions, long failing, int longest, int traces) {}

    private static Counts count(Toy.Bug bug, DepthFirst search, int exactPreemptions, Set<Object> ends) {
        return POOL.drive(() -> {
            long executions = 0;
            long failing = 0;
            int longest = 0;
            TraceCounts traces = new TraceCounts();
            boolean more = true;
            while (more) {
                Toy toy = new Toy(bug);
                Ending ending = toy.run(POOL, search, Settings.DEFAULT.tracing());
                assertThat(ending.how()).isEqualTo(How.COMPLETE);
                traces.add(ending.trace());
                longest = Math.max(longest, ending.steps());
                ends.add(toy.memory());
                if (exactPreemptions < 0 || search.preemptions() == exactPreemptions) {
                    executions++;
                    failing += toy.fails() ? 1 : 0;
                }
                more = search.end();
            }
            return new Counts(executions, failing, longest, traces.distinct());
        });
    }

    /** The 5.6 million of the third row take minutes, so they are counted with {@code -Dbudget=weekly} only. */
    private static Stream<Arguments> brute() {
        List<Arguments> rows = new ArrayList<>(List.of(
                arguments(Toy.Bug.NONE, new Counts(81_470, 0, 34, 433)),
                arguments(Toy.Bug.LOST_UPDATE, new Counts(247_760, 92_770, 35, 688))));
        if (System.getProperty("budget", "quick").equals("weekly")) {
            rows.add(arguments(Toy.Bug.CHECK_OUTSIDE_LOCK, new Counts(5_558_136, 448_635, 34, 526)));
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("brute")
    @DisplayName("as many schedules as there are, with the ends that a search of all states shows")
    void everySchedule(Toy.Bug bug, Counts counts) {
        Set<Object> ends = new HashSet<>();
        assertThat(count(bug, DepthFirst.all(), -1, ends)).isEqualTo(counts);
        assertThat(StateToyTest.ends(POOL, bug)).isEqualTo(ends);
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
        Counts counts = count(bug, DepthFirst.withPreemptions(preemptions), preemptions, new HashSet<>());
        assertThat(counts.executions).isEqualTo(schedules);
        assertThat(counts.failing).isEqualTo(failing);
    }
}
