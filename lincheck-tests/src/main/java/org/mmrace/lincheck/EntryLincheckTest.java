package org.mmrace.lincheck;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to one entry, as those see it who look at the entry. */
class EntryLincheckTest {
    @DisplayName("one point in time")
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("org.mmrace.lincheck.SinglePageMappings#withModes")
    void entriesAreLinearizable(String mapping, Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(
                SinglePageMappings.of(EntrySubjects.class, mapping),
                SinglePageMappings.of(SinglePageSpecifications.class, mapping));
        LincheckRun.passes(reporter, () -> checks.run(mode, SinglePageMappings.RUNS));
    }
}
