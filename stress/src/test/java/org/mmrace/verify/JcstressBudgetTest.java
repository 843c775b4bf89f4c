package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JcstressBudgetTest {
    private static final Jdk JDK_17 = new Jdk(Path.of("/jdk"), "17.0.15");
    private static final Jdk JDK_25 = new Jdk(Path.of("/jdk"), "25.0.3");

    @Test
    void withoutATimeEachTestGetsAQuickLook() {
        assertThat(JcstressBudget.of(40, JDK_25, null).arguments())
                .containsExactly("-m", "quick", "-f", "1", "-iters", "5", "-time", "200");
    }

    @Test
    void expectedTimeIsCloseToTheOneGiven() {
        for (Duration time : new Duration[] {Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(2)}) {
            Duration expected = JcstressBudget.of(40, JDK_25, time).expected();
            assertThat(expected).isBetween(time.multipliedBy(9).dividedBy(10), time);
        }
    }

    @Test
    void longTimesMakeMoreForks() {
        assertThat(JcstressBudget.of(1, JDK_25, Duration.ofMinutes(1)).forks()).isEqualTo(5);
    }

    @Test
    void biasedLockingDoublesEverything() {
        Duration time = Duration.ofMinutes(5);
        assertThat(JcstressBudget.of(40, JDK_17, time).millis())
                .isLessThan(JcstressBudget.of(40, JDK_25, time).millis() / 2);
    }

    @Test
    void timeThatIsTooShortRunsEveryTestAllTheSame() {
        JcstressBudget budget = JcstressBudget.of(40, JDK_17, Duration.ofSeconds(1));
        assertThat(budget.forks()).isEqualTo(1);
        assertThat(budget.millis()).isPositive();
        assertThat(budget.expected()).isGreaterThan(Duration.ofSeconds(1));
    }
}
