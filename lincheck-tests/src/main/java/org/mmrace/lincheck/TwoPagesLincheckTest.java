package org.mmrace.lincheck;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two pages in two page tables: batches are prefixes, ranges are not one point in time. */
class TwoPagesLincheckTest {
    @DisplayName("a private mapping follows its points")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void privateRanges(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.byPoints(RangeSubjects.PrivateAfter.class, TwoPageSpecifications.PrivateAfter.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("a shared writable mapping follows its points")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void sharedRanges(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.byPoints(
                RangeSubjects.SharedWritableAfter.class, TwoPageSpecifications.SharedWritableAfter.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }
}
