package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

class StressTextTest {
    private static StressResult result(List<Violation> violations) {
        return new StressResult(
                Campaigns.after().build(),
                Duration.ofSeconds(2),
                Map.of(Operation.LOAD, Map.of(OpResult.OK, 1_234_567L, OpResult.SIGBUS, 12L)),
                Map.of(Operation.LOAD, new StressResult.Latency(70, 1_639, 12_000_000, 2_000_000_000)),
                8,
                10,
                1,
                25_000_000,
                3_000_000,
                violations,
                violations.isEmpty() ? Map.of() : Map.of(Invariant.I04, 3L),
                Map.of(),
                MemoryState.NONE,
                false,
                null);
    }

    @Test
    void table() {
        assertThat(StressText.of(result(List.of())).lines())
                .containsExactly(
                        "operation                        total      p50      p99    p99.9  results",
                        "load                         1 234 579    70 ns   1.6 us    12 ms  ok 1 234 567  SIGBUS 12",
                        "",
                        "1 234 579 operations in 2.0 s: 617 290 per second; 8 epochs, 10 audits; zeropage count 1;"
                                + " heap 25 MB at most, 3 MB live",
                        "no violation");
    }

    @Test
    void violations() {
        Violation violation = new Violation(Invariant.I04, "entry Zw at mm1 vma:2 0x10000 is writable", null);
        assertThat(StressText.of(result(List.of(violation))))
                .endsWith(
                        "VIOLATION I04: entry Zw at mm1 vma:2 0x10000 is writable (at rest); 0x10000 is anon[0]\nviolations: I04 3\n");
    }

    @Test
    void header() {
        assertThat(StressText.header(Campaigns.after().build()))
                .isEqualTo(
                        "stress  series AFTER  threads 1  processes 2  seed 1  for 10 000 operations per thread  mix "
                                + RoleMix.DEFAULT);
    }

    @Test
    void headerNamesWhatWasTurned() {
        KernelConfig kernel = KernelConfig.of(Series.BEFORE)
                .with(Fault.B40)
                .with(draft -> draft.pteSpecial(false).release(6012));
        assertThat(StressText.header(Campaigns.of(kernel).build()))
                .startsWith("stress  series BEFORE  faults B40  pteSpecial=false release=6.12  threads 1  ");
    }
}
