package org.mmrace.lincheck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

    private record Counterexample(String name, WrittenScenario scenario) {
        Counterexample(String name, String before, String... threads) {
            this(name, WrittenScenario.after(before, threads));
        }
    }

    /** Those of one subject. What passes of them runs together: starting Lincheck takes longer than a scenario. */
    private record Subject(String name, Checks strict, Checks points, List<Counterexample> counterexamples) {
        static Subject of(
                String name,
                Class<?> subject,
                Class<? extends PointsSpecification> specification,
                Counterexample... counterexamples) {
            return new Subject(
                    name,
                    Checks.linearizable(subject, specification),
                    Checks.byPoints(subject, specification),
                    List.of(counterexamples));
        }

        List<WrittenScenario> scenarios() {
            return counterexamples.stream().map(Counterexample::scenario).toList();
        }

        Stream<Arguments> rows() {
            return counterexamples.stream().map(one -> Arguments.of(one.name, one.scenario, this));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Subject> subjects() {
        return Stream.of(
                Subject.of(
                        "one page",
                        AccessSubjects.PrivateAfter.class,
                        SinglePageSpecifications.PrivateAfter.class,
                        new Counterexample("zap, then a stale TLB", "insertOrdinary", "zap", "load insertZero load"),
                        new Counterexample("store after its fault", "insertOrdinary", "store", "get zap"),
                        new Counterexample("longterm pin after its unshare", "insertZero", "pinLongterm", "get zap"),
                        new Counterexample("write fault overtaken", "", "writeFault get", "insertZero")),
                Subject.of(
                        "two pages",
                        RangeSubjects.PrivateAfter.class,
                        TwoPageSpecifications.PrivateAfter.class,
                        new Counterexample("batch", "", "insertPages", "get:0 get:1"),
                        new Counterexample("range zap", "insertPages", "zapRange", "get:0 get:1"),
                        new Counterexample("munmap", "insertPages", "munmap", "insertOrdinary:0 get:1"),
                        new Counterexample("range GUP", "insertOrdinary:0", "getRange", "zap:0 insertOrdinary:1")));
    }

    static Stream<Arguments> counterexamples() {
        return subjects().flatMap(Subject::rows);
    }

    @DisplayName("one point per operation does not explain it")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("counterexamples")
    void strictFails(String name, WrittenScenario scenario, Subject subject, TestReporter reporter) {
        String report = LincheckRun.finds(reporter, () -> subject.strict.run(List.of(scenario), INVOCATIONS_STRICT));
        assertTrue(report.contains("Invalid execution results"), report);
    }

    @DisplayName("without any one of its operations one point each explains it")
    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void nothingCanBeLeftOut(Subject subject, TestReporter reporter) throws Throwable {
        List<WrittenScenario> smaller = subject.scenarios().stream()
                .flatMap(scenario -> scenario.withoutOne().stream())
                .toList();
        LincheckRun.passes(reporter, () -> subject.strict.run(smaller, INVOCATIONS_SMALLER));
    }

    @DisplayName("anonymous memory is no register for three threads: a stale TLB outlives what another CPU has seen")
    @Test
    void threeThreadsAndADontneed(TestReporter reporter) {
        Checks strict = Checks.linearizable(AnonOperations.class, AnonOperations.Register.class);
        WrittenScenario scenario = WrittenScenario.after("store:5", "zap", "load load", "load");
        String report = LincheckRun.finds(reporter, () -> strict.run(List.of(scenario), INVOCATIONS_STRICT));
        assertTrue(report.contains("Invalid execution results"), report);
    }

    @DisplayName("its points explain every execution")
    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void pointsPass(Subject subject, TestReporter reporter) throws Throwable {
        LincheckRun.passes(reporter, () -> subject.points.run(subject.scenarios(), INVOCATIONS_POINTS));
    }
}
