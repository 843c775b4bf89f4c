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
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.explore.strategy.StateSearch;

/** Searches that remember states, against the toy, whose schedules were counted by other means (algorithms.md). */
class StateToyTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    /**
     * What a strategy has shown.
     *
     * @param ends what the memory was at the end, of all executions
     * @param failures the preemptions of the first failing execution, if there was one
     */
    private record Shown(Set<Object> ends, long executions, List<Integer> failures) {
        boolean failing() {
            return !failures.isEmpty();
        }
    }

    private static Shown show(Toy.Bug bug, Strategy strategy) {
        return show(POOL, bug, strategy);
    }

    private static Shown show(TaskPool pool, Toy.Bug bug, Strategy strategy) {
        return pool.drive(() -> {
            Set<Object> ends = new HashSet<>();
            List<Integer> failures = new ArrayList<>();
            long executions = 0;
            boolean more = true;
            while (more) {
                Toy toy = new Toy(bug);
                Ending ending = toy.run(pool, strategy, StepListener.NONE);
                executions++;
                if (ending.how() != How.REDUNDANT) {
                    assertThat(ending.how()).isEqualTo(How.COMPLETE);
                    ends.add(toy.memory());
                    if (failures.isEmpty() && toy.fails()) {
                        failures.add(strategy instanceof PreemptionBounded bounded ? bounded.preemptions() : -1);
                    }
                }
                more = strategy.end();
            }
            return new Shown(ends, executions, failures);
        });
    }

    /** What the memory can be at the end, by a search of all states; {@link ToyTest} compares with every schedule. */
    static Set<Object> ends(TaskPool pool, Toy.Bug bug) {
        return show(pool, bug, StateSearch.all()).ends;
    }

    /**
     * The states that can be told apart by program counters, registers, memory and lock owner are 661, 1,177 and 1,610;
     * by what tasks have seen, which includes what additions returned, there are more. Executions are those of two
     * passes or more: the first ones learn which places tasks share.
     */
    @ParameterizedTest(name = "{0}: {1} states in {2} executions, {3} ends")
    @CsvSource({"NONE, 4483, 1777, 4", "CHECK_OUTSIDE_LOCK, 6499, 5839, 6", "LOST_UPDATE, 6973, 2817, 16"})
    void sameEndsAsAllTraces(Toy.Bug bug, int states, long executions, int ends) {
        StateSearch search = StateSearch.all();
        Shown shown = show(bug, search);
        Shown traces = show(bug, new OptimalDpor());
        assertThat(shown.ends).isEqualTo(traces.ends).hasSize(ends);
        assertThat(shown.failing()).isEqualTo(traces.failing()).isEqualTo(bug != Toy.Bug.NONE);
        assertThat(search.states()).isEqualTo(states);
        assertThat(shown.executions).isEqualTo(executions);
    }

    /** The 127,435 executions of the last row take longer than all other tests here: {@code -Dbudget=weekly} only. */
    private static Stream<Arguments> memories() {
        List<Arguments> rows =
                new ArrayList<>(List.of(arguments(Toy.Bug.NONE, 3_400, 4), arguments(Toy.Bug.LOST_UPDATE, 5_600, 16)));
        if (System.getProperty("budget", "quick").equals("weekly")) {
            rows.add(arguments(Toy.Bug.LOST_UPDATE, 5_000, 16));
        }
        return rows.stream();
    }

    /** Also when it forgets every fourth or fifth state. */
    @ParameterizedTest(name = "{0}: {2} ends with at most {1} states in memory")
    @MethodSource("memories")
    void staysRightWhenItsMemoryIsFull(Toy.Bug bug, int most, int ends) {
        StateSearch search = StateSearch.all(most);
        assertThat(show(bug, search).ends).hasSize(ends);
        assertThat(search.states()).isEqualTo(most);
        assertThat(search.forgotten()).isPositive();
        assertThat(search.proved(1)).startsWith("all ");
    }

    @ParameterizedTest(name = "{0}, up to {1} preemptions: {2} schedules in {3} executions; {4} executions over states")
    @CsvSource({
        "NONE,               2,  579,  675,  686, -1",
        "CHECK_OUTSIDE_LOCK, 2, 1598, 1760, 1501,  1",
        "LOST_UPDATE,        3, 2478, 3153, 2591,  3",
    })
    @DisplayName("As many schedules as the brute force, and over states the same ends and as few preemptions")
    void bounded(Toy.Bug bug, int preemptions, long schedules, long executions, long overStates, int fewest) {
        PreemptionBounded plain = PreemptionBounded.upTo(preemptions);
        PreemptionBounded states = PreemptionBounded.statesUpTo(preemptions);
        Shown all = show(bug, plain);
        Shown shown = show(bug, states);
        assertThat(plain.distinct()).isEqualTo(schedules);
        assertThat(all.executions).isEqualTo(executions);
        assertThat(shown.executions).isEqualTo(overStates);
        assertThat(shown.ends).isEqualTo(all.ends);
        assertThat(all.failures).isEqualTo(fewest < 0 ? List.of() : List.of(fewest));
        assertThat(shown.failures).isEqualTo(all.failures);
        assertThat(plain.complete()).isEqualTo(preemptions);
        assertThat(states.complete()).isEqualTo(preemptions);
    }
}
