package org.mmrace.lincheck;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One page of a driver's mapping: never writable, private, or shared and writable, in each series. */
class SinglePageLincheckTest {
    private static final int RUNS = EntrySubjects.class.getDeclaredClasses().length * Mode.values().length;

    @DisplayName("what happens to one entry happens at one point in time")
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("mappingsAndModes")
    void entriesAreLinearizable(String mapping, Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(
                named(EntrySubjects.class, mapping), named(SinglePageSpecifications.class, mapping));
        LincheckRun.passes(reporter, () -> checks.run(mode, RUNS));
    }

    @DisplayName("with loads and stores through TLBs each operation follows its points")
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("mappingsAndModes")
    void accessesFollowTheirPoints(String mapping, Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.byPoints(
                named(AccessSubjects.class, mapping),
                named(SinglePageSpecifications.class, mapping).asSubclass(PointsSpecification.class));
        LincheckRun.passes(reporter, () -> checks.run(mode, RUNS));
    }

    static Stream<Arguments> mappingsAndModes() {
        return Arrays.stream(EntrySubjects.class.getDeclaredClasses())
                .map(Class::getSimpleName)
                .sorted(Comparator.naturalOrder())
                .flatMap(mapping -> Stream.of(Mode.values()).map(mode -> Arguments.of(mapping, mode)));
    }

    private static Class<?> named(Class<?> holder, String name) {
        return Arrays.stream(holder.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(holder + " has no " + name));
    }
}
