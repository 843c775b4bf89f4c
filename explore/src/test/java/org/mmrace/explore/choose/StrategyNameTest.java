package org.mmrace.explore.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of strategies, right and wrong ones. */
class StrategyNameTest {
    @ParameterizedTest
    @CsvSource({"pct, pct:3", "pct:5, pct:5", "pb, pb", "pb:0, pb:0", "rr, rr", "random, random"})
    void readsAndWritesTheSame(String text, String written) {
        assertThat(StrategyName.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pct:6    | strategy pct:6: expected a number from 1 to 5 for D, not '6'",
                "pct:     | strategy pct:: expected a number from 1 to 5 for D, not ''",
                "pct:x    | strategy pct:x: expected a number from 1 to 5 for D, not 'x'",
                "pb:-1    | strategy pb:-1: expected a number from 0 on for C, not '-1'",
                "rr:0     | strategy rr:0: expected a number from 1 on for K, not '0'",
                "random:3 | strategy random takes no number: random:3",
                "randon   | unknown strategy 'randon'; did you mean random?",
                "urww     | unknown strategy 'urww'; did you mean urw?",
            })
    void saysWhatWasExpected(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyName.parse(text))
                .withMessage(message);
    }

    @Test
    void namesAllWhenNothingIsNear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyName.parse("simulated-annealing"))
                .withMessageStartingWith(
                        "unknown strategy 'simulated-annealing'; there are portfolio, random, pct:D, ");
    }

    @Test
    void aBoundThatIsNotThereCoversAll() {
        assertThat(StrategyName.parse("pb").coverage()).isEqualTo(Coverage.ALL);
        assertThat(StrategyName.parse("pb:2").coverage()).isEqualTo(Coverage.BOUNDED);
        assertThat(StrategyName.DEFAULT.drawsLots()).isTrue();
    }
}
