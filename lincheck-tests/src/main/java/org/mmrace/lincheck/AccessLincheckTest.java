package org.mmrace.lincheck;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** And with loads and stores through TLBs. */
class AccessLincheckTest {
    @DisplayName("each operation follows its points")
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("org.mmrace.lincheck.SinglePageMappings#withModes")
    void accessesFollowTheirPoints(String mapping, Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.byPoints(
                SinglePageMappings.of(AccessSubjects.class, mapping),
                SinglePageMappings.of(SinglePageSpecifications.class, mapping).asSubclass(PointsSpecification.class));
        LincheckRun.passes(reporter, () -> checks.run(mode, SinglePageMappings.RUNS));
    }
}
