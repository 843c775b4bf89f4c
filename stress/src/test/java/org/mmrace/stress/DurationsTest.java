package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms,250,250ms",
        "30s,30000,30s",
        "30,30000,30s",
        "10m,600000,10m",
        "1.5h,5400000,90m",
        "1h,3600000,1h",
        "1.25s,1250,1250ms"
    })
    void readsAndPrints(String text, long millis, String printed) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(printed);
        assertThat(Durations.parse(printed)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1d", "1e3", "five", "1,5s", "99999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a duration such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0.1ms"})
    void refusesNoTimeAtAll(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("is less than 1ms");
    }

    @ParameterizedTest
    @CsvSource({"0,0:00", "59,0:59", "61,1:01", "3599,59:59", "3661,1:01:01"})
    void clock(long seconds, String printed) {
        assertThat(Durations.clock(Duration.ofSeconds(seconds))).isEqualTo(printed);
    }
}
