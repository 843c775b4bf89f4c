package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

class TickerTest {
    @Test
    void theFirstEpochEndsWithTheCampaignIfThatIsShorter() {
        StressConfig config = StressConfig.of(KernelConfig.of(Series.AFTER))
                .duration(Duration.ofMillis(1))
                .epoch(Duration.ofHours(1))
                .build();
        World world = new World(config, violation -> {});
        long halfAnHourAgo = System.nanoTime() - Duration.ofHours(1).toNanos() / 2;
        Ticker ticker = new Ticker(config, world, StressListener.NONE, halfAnHourAgo);
        assertThat(ticker.isEpochOver()).isTrue();
        assertThat(ticker.isOver()).isTrue();
    }
}
