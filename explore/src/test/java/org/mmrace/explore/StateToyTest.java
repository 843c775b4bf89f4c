package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.explore.strategy.StateSearch;

/** Searches that remember states, against a program whose states and schedules were counted by other means. */
class StateToyTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private record Shown(Set<Object> ends, long executions, int fewest) {}

    /** How many preemptions the first failing execution had. */
    private static int preemptions(Strategy strategy) {
        return strategy instanceof PreemptionBounded bounded ? bounded.preemptions() : -1;
    }

    private static Shown show(Toy.Bug bug, Strategy strategy) {
        return POOL.drive(() -> {
            Set<Object> ends = new HashSet<>();
            long executions = 0;
            int fewest = -1;
            boolean more = true;
            while (more) {
                Toy toy = new Toy(bug);
                Ending ending = toy.run(POOL, strategy, StepListener.NONE);
                executions++;
                if (ending.how() != How.REDUNDANT) {
                    assertThat(ending.how()).isEqualTo(How.COMPLETE);
                    ends.add(toy.memory());
                    fewest = fewest < 0 && toy.fails() ? preemptions(strategy) : fewest;
                }
                more = strategy.end();
            }
            return new Shown(ends, executions, fewest);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"NONE", "CHECK_OUTSIDE_LOCK", "LOST_UPDATE"})
    void try0(Toy.Bug bug) {
        StateSearch search = StateSearch.all();
        Shown states = show(bug, search);
        Shown traces = show(bug, new OptimalDpor());
        System.out.println(bug + " states " + search.states() + " executions " + states.executions + " ends "
                + states.ends.size() + " dpor " + traces.executions + " ends " + traces.ends.size());
        assertThat(states.ends).isEqualTo(traces.ends);
        for (int c : new int[] {0, 1, 2, 3, 4, 5}) {
            PreemptionBounded plain = PreemptionBounded.upTo(c);
            Shown p = show(bug, plain);
            PreemptionBounded quick = PreemptionBounded.statesUpTo(c);
            Shown q = show(bug, quick);
            System.out.println(c + ": " + p.executions + " " + p.ends.size() + " " + p.fewest + " | " + q.executions
                    + " " + q.ends.size() + " " + q.fewest + " " + quick.proved(0) + " / " + plain.proved(0));
            assertThat(p.ends).isEqualTo(q.ends);
            assertThat(p.fewest).isEqualTo(q.fewest);
            if (c == 4) break;
        }
    }
}
