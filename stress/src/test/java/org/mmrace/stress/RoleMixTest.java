package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleMixTest {
    @Test
    void theDefaultHasEveryRole() {
        assertThat(RoleMix.DEFAULT)
                .hasToString(
                        "inserter=3,unmapper=1,pinner=2,protector=1,faulter=4,forker=0.1,cleaner=0.3,reclaimer=0.3");
    }

    @Test
    void readsWhatItPrints() {
        String text = "inserter=3,faulter=0.25";
        assertThat(RoleMix.parse(text)).hasToString(text);
        assertThat(RoleMix.parse(" Inserter=3 , faulter = .25")).hasToString(text);
        assertThat(RoleMix.parse(text).weight(RoleKind.FORKER)).isZero();
    }

    @Test
    void drawsByWeight() {
        RoleMix mix = RoleMix.parse("pinner=3,forker=1,inserter=0");
        SplittableRandom random = new SplittableRandom(1);
        RoleKind[] drawn =
                IntStream.range(0, 4000).mapToObj(i -> mix.pick(random)).toArray(RoleKind[]::new);
        assertThat(drawn).containsOnly(RoleKind.PINNER, RoleKind.FORKER);
        assertThat(drawn).filteredOn(role -> role == RoleKind.PINNER).hasSizeBetween(2850, 3150);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | 'mix: '''' is not of the form role=weight'
            inserter                | 'mix: ''inserter'' is not of the form role=weight'
            inserter=1=2            | 'mix: ''inserter=1=2'' is not of the form role=weight'
            inserter=1,             | 'mix: '''' is not of the form role=weight'
            eater=1                 | 'mix: unknown role ''eater''; there are inserter, unmapper'
            inserter=many           | 'mix: weight ''many'' of inserter is not a number'
            inserter=-1             | 'mix: weight -1 of inserter must be 0 or more, and finite'
            inserter=NaN            | 'mix: weight NaN of inserter must be 0 or more, and finite'
            inserter=Infinity       | 'mix: weight Infinity of inserter must be 0 or more, and finite'
            inserter=1,inserter=2   | 'mix: inserter is given twice'
            inserter=0,pinner=0     | 'mix: every weight is 0, so there is nothing to do'
            """)
    void refusesWhatIsNoMix(String text, String message) {
        assertThatThrownBy(() -> RoleMix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
