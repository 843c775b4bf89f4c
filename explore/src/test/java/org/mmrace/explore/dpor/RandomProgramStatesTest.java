package org.mmrace.explore.dpor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.RandomProgram.Kind;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.explore.strategy.StateSearch;

/** Searches that remember states against all interleavings, for programs that seeds decide. */
class RandomProgramStatesTest {
    private static final TaskPool POOL = new TaskPool();
    private static final long SEEDS = Long.getLong("seeds", 60);
    private static final long LIMIT = Long.getLong("limit", 1_500);
    private static final int OPS = 3;

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** How executions end, and what tasks have seen and memory holds then; null when there are too many executions. */
    private static @Nullable Set<String> ends(RandomProgram program, Strategy strategy, long executionsMax) {
        return POOL.drive(() -> {
            Set<String> ends = new TreeSet<>();
            boolean more = true;
            for (long i = 0; more; i++) {
                if (i == executionsMax) {
                    return null;
                }
                Traces.Instance instance = program.instance();
                Ending ending = new Execution(instance.kernel(), POOL, strategy).run(instance.tasks());
                if (ending.how() != How.REDUNDANT) {
                    ends.add(ending.how().word() + " " + instance.state());
                }
                more = strategy.end();
            }
            return ends;
        });
    }

    private static int compare(long firstSeed, List<Kind> kinds) {
        int compared = 0;
        for (long seed = firstSeed; seed < firstSeed + SEEDS; seed++) {
            RandomProgram program = RandomProgram.of(seed, kinds, OPS);
            Set<String> all = ends(program, DepthFirst.all(), LIMIT);
            if (all == null) {
                continue;
            }
            compared++;
            String name = "seed " + seed + ": " + program;
            assertThat(ends(program, StateSearch.all(), LIMIT)).as(name).isEqualTo(all);
            assertThat(ends(program, PreemptionBounded.statesUpTo(1), 3 * LIMIT))
                    .as(name)
                    .isEqualTo(ends(program, PreemptionBounded.upTo(1), 3 * LIMIT));
        }
        return compared;
    }

    @Test
    void everyEndOfEverySchedule() {
        assertThat(compare(1_000, List.of(Kind.values()))).isGreaterThan((int) SEEDS / 3);
    }

    @Test
    void everyEndWithSectionsAndCallbacks() {
        List<Kind> kinds =
                List.of(Kind.READ, Kind.WRITE, Kind.IRQ, Kind.IPI, Kind.INSTRUCTION, Kind.RCU_READ, Kind.CALL_RCU);
        assertThat(compare(2_000, kinds)).isGreaterThan((int) SEEDS / 3);
    }
}
