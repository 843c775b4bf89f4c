package org.mmrace.lincheck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is not linearizable in a correct kernel: the shortest scenario in which one point per operation does not explain
 * an execution, and in which the points of kernel-semantics.md 12.6 explain every one. docs/linearizability.md shows
 * the executions.
 */
class CounterexampleLincheckTest {
    private static final int INVOCATIONS_STRICT = 5000;
    private static final int INVOCATIONS_POINTS = 30;
    private static final int INVOCATIONS_SMALLER = 20;

    static Stream<Arguments> counterexamples() {
        return Stream.of(
                one("zap, then a stale TLB", "insertOrdinary", "zap", "load insertZero load"),
                one("store after its fault", "insertOrdinary", "store", "get zap"),
                one("longterm pin after its unshare", "insertZero", "pinLongterm", "get zap"),
                one("write fault overtaken", "", "writeFault get", "insertZero"),
                two("batch", "", "insertPages", "get:0 get:1"),
                two("range zap", "insertPages", "zapRange", "get:0 get:1"),
                two("munmap", "insertPages", "munmap", "insertOrdinary:0 get:1"),
                two("range GUP", "insertOrdinary:0", "getRange", "zap:0 insertOrdinary:1"));
    }

    private static Arguments one(String name, String before, String... threads) {
        return Arguments.of(
                name,
                WrittenScenario.after(before, threads),
                AccessSubjects.PrivateAfter.class,
                SinglePageSpecifications.PrivateAfter.class);
    }

    private static Arguments two(String name, String before, String... threads) {
        return Arguments.of(
                name,
                WrittenScenario.after(before, threads),
                RangeSubjects.PrivateAfter.class,
                TwoPageSpecifications.PrivateAfter.class);
    }

    @DisplayName("one point per operation does not explain it")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counterexamples")
    void strictFails(
            String name, WrittenScenario scenario, Class<?> subject, Class<?> specification, TestReporter reporter) {
        Checks strict = Checks.linearizable(subject, specification);
        String report = LincheckRun.finds(reporter, () -> strict.run(scenario, INVOCATIONS_STRICT));
        assertTrue(report.contains("Invalid execution results"), report);
    }

    @DisplayName("without any one of its operations one point each explains it")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counterexamples")
    void nothingCanBeLeftOut(
            String name, WrittenScenario scenario, Class<?> subject, Class<?> specification, TestReporter reporter)
            throws Throwable {
        Checks strict = Checks.linearizable(subject, specification);
        LincheckRun.passes(reporter, () -> {
            for (WrittenScenario smaller : scenario.withoutOne()) {
                strict.run(smaller, INVOCATIONS_SMALLER);
            }
        });
    }

    @DisplayName("anonymous memory is no register for three threads: a stale TLB outlives what another CPU has seen")
    @Test
    void threeThreadsAndADontneed(TestReporter reporter) {
        Checks strict = Checks.linearizable(AnonOperations.class, AnonOperations.Register.class);
        WrittenScenario scenario = WrittenScenario.after("store:5", "zap", "load load", "load");
        String report = LincheckRun.finds(reporter, () -> strict.run(scenario, INVOCATIONS_STRICT));
        assertTrue(report.contains("Invalid execution results"), report);
    }

    @DisplayName("its points explain every execution")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counterexamples")
    void pointsPass(
            String name, WrittenScenario scenario, Class<?> subject, Class<?> specification, TestReporter reporter)
            throws Throwable {
        Checks points = Checks.byPoints(subject, specification.asSubclass(PointsSpecification.class));
        LincheckRun.passes(reporter, () -> points.run(scenario, INVOCATIONS_POINTS));
    }
}
