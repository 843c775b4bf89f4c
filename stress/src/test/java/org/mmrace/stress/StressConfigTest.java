package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;

class StressConfigTest {
    private static void refused(UnaryOperator<StressConfig.Draft> change, String message) {
        StressConfig.Draft draft = change.apply(StressConfig.of(KernelConfig.of(Series.AFTER)));
        assertThatThrownBy(draft::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void theDefaultsAreThoseOfTheIssue() {
        StressConfig config = StressConfig.of(KernelConfig.of(Series.AFTER)).build();
        assertThat(config.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.epoch()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.processes()).isEqualTo(2);
        assertThat(config.mix()).isSameAs(RoleMix.DEFAULT);
    }

    @Test
    void refusesWhatCannotRun() {
        refused(draft -> draft.threads(0), "threads must be between 1 and 64, not 0");
        refused(draft -> draft.threads(65), "threads must be between 1 and 64, not 65");
        refused(draft -> draft.processes(0), "processes must be between 1 and 64, not 0");
        refused(draft -> draft.duration(Duration.ofSeconds(-1)), "duration must be more than 0");
        refused(draft -> draft.epoch(Duration.ZERO), "epoch must be more than 0");
        refused(draft -> draft.opsPerThread(-1), "ops must not be negative: -1");
        refused(draft -> draft.epochOps(0), "operations per epoch must be at least 1, not 0");
    }

    @Test
    void refusesTablesThatAreTooSmallForTheMappings() {
        KernelConfig tiny = Knobs.set(KernelConfig.of(Series.AFTER), Map.of("ptrsPerTable", "4"));
        assertThatThrownBy(() -> StressConfig.of(tiny).build())
                .hasMessage("ptrsPerTable must be at least 8 for stress, whose mappings need 190 pages, not 4");
    }
}
