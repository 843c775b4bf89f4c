package org.mmrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JcstressGradingTest {
    private static final PlannedTest PLAIN = test("org.mmrace.jcstress.RwSemTests.ReadAgainstWrite", false);
    private static final PlannedTest VARIANT = test("org.mmrace.jcstress.RwSemTests.Weakened", true);
    private static final PlannedTest CANARY = test("org.mmrace.jcstress.CanaryTests.LostIncrement", true);

    private static PlannedTest test(String name, boolean interesting) {
        return new PlannedTest(name, name, 2, interesting);
    }

    private static JcstressResult result(String status, long acceptable, long interesting, long forbidden) {
        return new JcstressResult(
                "t",
                status,
                List.of(
                        new Outcome("1", acceptable, Expectation.ACCEPTABLE, ""),
                        new Outcome("2", interesting, Expectation.INTERESTING, ""),
                        new Outcome("3", forbidden, Expectation.FORBIDDEN, "")),
                List.of());
    }

    private static TestReport graded(boolean ended, int configurations, PlannedTest test, JcstressResult... results) {
        return new JcstressGrading(ended, configurations).grade(test, List.of(results), 0);
    }

    @Test
    void okWhenNothingForbiddenWasSeen() {
        TestReport report = graded(true, 2, PLAIN, result("NORMAL", 5, 0, 0), result("NORMAL", 6, 0, 0));
        assertThat(report.verdict()).isEqualTo(Verdict.OK);
        assertThat(report.outcomes().get(0).count()).isEqualTo(11);
    }

    @Test
    void forbiddenInOneConfigurationFails() {
        TestReport report = graded(true, 2, PLAIN, result("NORMAL", 5, 0, 0), result("NORMAL", 5, 0, 1));
        assertThat(report.verdict()).isEqualTo(Verdict.FORBIDDEN);
    }

    @Test
    void anythingButANormalEndIsAnError() {
        for (String status : List.of("API_MISMATCH", "TIMEOUT_ERROR", "TEST_ERROR", "VM_ERROR")) {
            TestReport report = graded(true, 1, PLAIN, result(status, 5, 0, 0));
            assertThat(report.verdict()).isEqualTo(Verdict.ERROR);
            assertThat(report.details()).contains(status);
        }
    }

    @Test
    void testWithoutResultsDidNotRun() {
        assertThat(graded(true, 1, PLAIN).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
        assertThat(graded(true, 0, PLAIN).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
        assertThat(graded(true, 2, PLAIN, result("NORMAL", 5, 0, 0)).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
        assertThat(graded(false, 2, PLAIN).verdict()).isEqualTo(Verdict.NOT_REACHED);
    }

    @Test
    void moreActorsThanProcessorsAreNamedAsTheReason() {
        PlannedTest wide = new PlannedTest("w", "w", 1 + Runtime.getRuntime().availableProcessors(), false);
        assertThat(graded(true, 1, wide).details()).contains("actors");
    }

    @Test
    void variantIsSeenOrNotSeenAndNeitherFails() {
        assertThat(graded(true, 1, VARIANT, result("NORMAL", 5, 1, 0)).verdict())
                .isEqualTo(Verdict.SEEN);
        assertThat(graded(true, 1, VARIANT, result("NORMAL", 5, 0, 0)).verdict())
                .isEqualTo(Verdict.NOT_SEEN);
        assertThat(Verdict.NOT_SEEN.fails()).isFalse();
    }

    @Test
    void canaryThatIsNotSeenFails() {
        TestReport report = graded(true, 1, CANARY, result("NORMAL", 5, 0, 0));
        assertThat(report.verdict()).isEqualTo(Verdict.BLIND);
        assertThat(report.verdict().fails()).isTrue();
    }
}
