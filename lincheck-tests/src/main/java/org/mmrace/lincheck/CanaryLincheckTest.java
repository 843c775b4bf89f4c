package org.mmrace.lincheck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A race that must be found: where it is not, every other success means nothing. */
class CanaryLincheckTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void aRacyCounterIsFound(Mode mode, TestReporter reporter) {
        find(Checks.linearizable(RacyCounter.class, RacyCounter.Counter.class), mode, reporter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void aRacyCounterIsFoundByItsPoints(Mode mode, TestReporter reporter) {
        find(Checks.byPoints(RacyCounter.class, RacyCounter.Counter.class), mode, reporter);
    }

    private static void find(Checks racy, Mode mode, TestReporter reporter) {
        String report = LincheckRun.finds(reporter, () -> racy.run(mode));
        assertTrue(report.contains("Invalid execution results"), report);
    }
}
