package org.mmrace.explore.dpor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.RandomProgram.Kind;
import org.mmrace.explore.strategy.DepthFirst;

/** The reductions against all interleavings, for programs that seeds decide: no trace is missing, none comes twice. */
class RandomProgramsTest {
    private static final TaskPool POOL = new TaskPool();

    /** Programs with more interleavings are left out. */
    private static final long INTERLEAVINGS_MAX = 2_000;

    private static final int PROGRAMS = 60;
    private static final int OPS_MAX = 3;

    @AfterAll
    static void close() {
        POOL.close();
    }

    static Stream<Arguments> verbs() {
        return Stream.of(
                Arguments.of("memory", List.of(Kind.READ, Kind.WRITE, Kind.CMPXCHG, Kind.ADD, Kind.IF_ODD)),
                Arguments.of("spin locks", List.of(Kind.READ, Kind.WRITE, Kind.SPIN, Kind.NESTED_SPIN, Kind.IF_ODD)),
                Arguments.of(
                        "semaphores",
                        List.of(
                                Kind.READ,
                                Kind.WRITE,
                                Kind.DOWN_READ,
                                Kind.DOWN_WRITE,
                                Kind.DOWNGRADE,
                                Kind.TRYLOCK,
                                Kind.SPIN)),
                Arguments.of(
                        "waits",
                        List.of(Kind.READ, Kind.WRITE, Kind.ADD, Kind.WAIT_ON_BIT, Kind.WAIT_FOR_REF, Kind.SPIN)),
                Arguments.of(
                        "sections",
                        List.of(
                                Kind.READ,
                                Kind.WRITE,
                                Kind.IRQ,
                                Kind.IPI,
                                Kind.INSTRUCTION,
                                Kind.RCU_READ,
                                Kind.CALL_RCU)),
                Arguments.of("everything", List.of(Kind.values())));
    }

    /** With several callbacks on one CPU a trace may come again: what they read is not known before. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void everyTraceOnce(String name, List<Kind> kinds) {
        int compared = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            RandomProgram program = RandomProgram.of(seed, kinds, OPS_MAX);
            Traces all = Traces.of(POOL, program::instance, DepthFirst.all(), INTERLEAVINGS_MAX);
            if (all.complete()) {
                compared++;
                compare(seed, program, all);
            }
        }
        assertThat(compared).isGreaterThan(PROGRAMS / 2);
    }

    private static void compare(long seed, RandomProgram program, Traces all) {
        for (Dpor dpor : List.of(new SourceDpor(), new OptimalDpor())) {
            String what = dpor + ", seed " + seed + ": " + program;
            Traces shown = Traces.of(POOL, program::instance, dpor, 10 * INTERLEAVINGS_MAX);
            assertThat(shown.complete()).as(what).isTrue();
            assertThat(shown.counts().keySet()).as(what).isEqualTo(all.counts().keySet());
            if (!program.has(Kind.CALL_RCU)) {
                assertThat(shown.executions()).as(what).isEqualTo(all.counts().size());
            }
            if (dpor instanceof OptimalDpor) {
                assertThat(shown.redundant()).as(what).isZero();
            }
        }
    }
}
