package org.mmrace.explore.dpor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.RandomProgram.Kind;
import org.mmrace.explore.strategy.DepthFirst;

/** The reductions against all interleavings, for programs that seeds decide. */
class RandomProgramsTest {
    private static final TaskPool POOL = new TaskPool();
    private static final long LIMIT = Long.getLong("limit", 3_000);
    private static final int OPS = Integer.getInteger("ops", 3);

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static int compare(long seeds, List<Kind> kinds) {
        int compared = 0;
        long traces = 0;
        long sourceBlocked = 0;
        long rcuRedundant = 0;
        for (long seed = 0; seed < seeds; seed++) {
            RandomProgram program = RandomProgram.of(seed, kinds, OPS);
            Traces all = Traces.of(POOL, program::instance, DepthFirst.all(), LIMIT);
            if (!all.complete()) {
                continue;
            }
            compared++;
            traces += all.counts().size();
            for (Dpor dpor : List.of(new SourceDpor(), new OptimalDpor())) {
                String name = dpor + ", seed " + seed + ": " + program;
                Traces shown = Traces.of(POOL, program::instance, dpor, 10 * LIMIT);
                assertThat(shown.complete()).as(name).isTrue();
                assertThat(shown.counts().keySet()).as(name).isEqualTo(all.counts().keySet());
                if (program.has(Kind.CALL_RCU)) {
                    rcuRedundant += shown.executions() - all.counts().size();
                } else {
                    assertThat(shown.executions()).as(name).isEqualTo(all.counts().size());
                }
                if (dpor instanceof OptimalDpor) {
                    assertThat(shown.redundant()).as(name).isZero();
                } else {
                    sourceBlocked += shown.redundant();
                }
            }
        }
        System.out.println(kinds + " compared " + compared + " traces " + traces + " source blocked " + sourceBlocked + " rcu redundant " + rcuRedundant);
        return compared;
    }

    @Test
    void memory() {
        compare(Long.getLong("seeds", 200), List.of(Kind.READ, Kind.WRITE, Kind.CMPXCHG, Kind.ADD, Kind.IF_ODD));
    }

    @Test
    void spinLocks() {
        compare(Long.getLong("seeds", 200), List.of(Kind.READ, Kind.WRITE, Kind.SPIN, Kind.NESTED_SPIN, Kind.IF_ODD));
    }

    @Test
    void semaphores() {
        compare(
                Long.getLong("seeds", 200),
                List.of(Kind.READ, Kind.WRITE, Kind.DOWN_READ, Kind.DOWN_WRITE, Kind.DOWNGRADE, Kind.TRYLOCK, Kind.SPIN));
    }

    @Test
    void waits() {
        compare(
                Long.getLong("seeds", 200),
                List.of(Kind.READ, Kind.WRITE, Kind.ADD, Kind.WAIT_ON_BIT, Kind.WAIT_FOR_REF, Kind.SPIN));
    }

    @Test
    void sections() {
        compare(
                Long.getLong("seeds", 200),
                List.of(Kind.READ, Kind.WRITE, Kind.IRQ, Kind.IPI, Kind.INSTRUCTION, Kind.RCU_READ, Kind.CALL_RCU));
    }

    @Test
    void everything() {
        compare(Long.getLong("seeds", 200), List.of(Kind.values()));
    }
}
