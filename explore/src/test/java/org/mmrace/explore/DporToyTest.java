package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.dpor.SourceDpor;

/** Both reductions against a program whose traces were counted by other means (algorithms.md). */
class DporToyTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private record Counts(long complete, long redundant, long failing) {}

    private static Counts count(Toy.Bug bug, Strategy strategy) {
        return POOL.drive(() -> {
            long complete = 0;
            long redundant = 0;
            long failing = 0;
            boolean more = true;
            while (more) {
                Toy toy = new Toy(bug);
                Ending ending = toy.run(POOL, strategy, StepListener.NONE);
                if (ending.how() == How.REDUNDANT) {
                    redundant++;
                } else {
                    assertThat(ending.how()).isEqualTo(How.COMPLETE);
                    complete++;
                    failing += toy.fails() ? 1 : 0;
                }
                more = strategy.end();
            }
            return new Counts(complete, redundant, failing);
        });
    }

    @ParameterizedTest(name = "{0}: {1} traces")
    @CsvSource({"NONE, 433", "CHECK_OUTSIDE_LOCK, 526", "LOST_UPDATE, 688"})
    void everyTraceOnce(Toy.Bug bug, long traces) {
        SourceDpor source = new SourceDpor();
        Counts bySource = count(bug, source);
        OptimalDpor optimal = new OptimalDpor();
        Counts byOptimal = count(bug, optimal);
        assertThat(bySource).isEqualTo(new Counts(traces, 0, byOptimal.failing));
        assertThat(byOptimal).isEqualTo(new Counts(traces, 0, bySource.failing));
        assertThat(source.complete()).isEqualTo(traces);
        assertThat(optimal.complete()).isEqualTo(traces);
        assertThat(optimal.sleepSetBlocked()).isZero();
        assertThat(byOptimal.failing > 0).isEqualTo(bug != Toy.Bug.NONE);
    }

    @ParameterizedTest(name = "{0} first")
    @ValueSource(ints = {1, 2, 3})
    void asManyTracesWhoeverGoesFirst(int first) {
        OptimalDpor optimal = new OptimalDpor(first);
        assertThat(count(Toy.Bug.LOST_UPDATE, optimal)).isEqualTo(new Counts(688, 0, 204));
        assertThat(optimal.sleepSetBlocked()).isZero();
        assertThat(count(Toy.Bug.LOST_UPDATE, new SourceDpor(first))).isEqualTo(new Counts(688, 0, 204));
    }
}
