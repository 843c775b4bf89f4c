package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On lines that jcstress 0.16 printed. */
class JcstressConsoleTest {
    private static final String START = """
            ----- [OK] Trying to set global affinity with taskset
            ----- [OK] [-XX:+UseBiasedLocking, -Xmx256m]
              Printing the progress line at most every 15000 milliseconds.

            """;

    private static final String SEEN = """

            .......... [OK] org.mmrace.jcstress.CanaryTests.LostIncrement

              Scheduling class:
                first: package group 0, core group 0
                second: package group 0, core group 1

              JVM args: [-XX:+UseBiasedLocking, -Xmx256m]
              Fork: #1

              RESULT     SAMPLES     FREQ       EXPECT  DESCRIPTION
                   1  13,612,356   25.89%  Interesting  Both read 0, and one increment is lost.
                   2  38,957,775   74.11%   Acceptable  One increment, then the other.

            (ETA: now)
            (Sampling Rate: 37.59 M/sec)
            (JVMs: 0 starting, 1 running, 0 finishing)
            (CPUs: 2 configured, 2 allocated)
            (Results: 4 planned; 1 passed, 0 failed, 0 soft errs, 0 hard errs)
            """;

    private static final String FORBIDDEN = """

            ...... [FAILED] org.mmrace.jcstress.ScratchTests.Bad

              RESULT     SAMPLES     FREQ      EXPECT  DESCRIPTION
                0, 1  27,643,942  100.00%   Forbidden  the first, then nothing
                1, 1           0    0.00%  Acceptable  fine

            """;

    private static final String DEAD = """
            .... [VM ERROR] org.mmrace.jcstress.ScratchTests.Dead

              Messages:
                Failed with error code 137

            """;

    private static final String SUMMARY = """
            RUN RESULTS:
              Interesting tests: 1 matching test results.

            .......... [OK] org.mmrace.jcstress.CanaryTests.LostIncrement
            """;

    private final JcstressConsole console = new JcstressConsole(0);

    private void read(String text) {
        text.lines().forEach(line -> console.line(line, 7));
    }

    @Test
    void resultsComeOneByOneAndTheSummaryIsNotCountedAgain() {
        read(START + SEEN);
        assertThat(console.complete()).isFalse();
        read(FORBIDDEN + SUMMARY);
        assertThat(console.complete()).isTrue();
        assertThat(console.planned()).isEqualTo(4);
        assertThat(console.results()).hasSize(2);
        assertThat(console.results().get(0).outcomes())
                .containsExactly(
                        new Outcome(
                                "1", 13_612_356, Expectation.INTERESTING, "Both read 0, and one increment is lost."),
                        new Outcome("2", 38_957_775, Expectation.ACCEPTABLE, "One increment, then the other."));
        assertThat(console.results().get(0).failed()).isFalse();
        assertThat(console.results().get(1).outcomes())
                .contains(new Outcome("0, 1", 27_643_942, Expectation.FORBIDDEN, "the first, then nothing"));
        assertThat(console.results().get(1).failed()).isTrue();
    }

    @Test
    void outputThatEndsInTheMiddleKeepsWhatIsThere() {
        read(START + SEEN + DEAD);
        console.finish();
        assertThat(console.complete()).isFalse();
        assertThat(console.results()).hasSize(2);
        assertThat(console.results().get(1).status()).isEqualTo("VM_ERROR");
        assertThat(console.results().get(1).failed()).isTrue();
    }

    @Test
    void timeIsThatSinceTheResultBefore() {
        console.line("  Printing the progress line at most every 15000 milliseconds.", 100);
        console.line(".......... [OK] a.B", 130);
        console.line(".......... [OK] a.C", 170);
        console.line(".......... [OK] a.B", 175);
        assertThat(console.nanos("a.B")).isEqualTo(35);
        assertThat(console.nanos("a.C")).isEqualTo(40);
    }
}
