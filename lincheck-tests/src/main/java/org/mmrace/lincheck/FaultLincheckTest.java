package org.mmrace.lincheck;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault that operations can tell by their results, or the recount by what they leave: with it Lincheck finds a
 * wrong execution of a small scenario, without it none of the same one.
 */
class FaultLincheckTest {
    private static final int INVOCATIONS_WITH = 5000;
    private static final int INVOCATIONS_WITHOUT = 40;

    static Stream<Arguments> faults() {
        Checks entry =
                Checks.linearizable(EntrySubjects.PrivateAfter.class, SinglePageSpecifications.PrivateAfter.class);
        Checks access = Checks.byPoints(AccessSubjects.PrivateAfter.class, SinglePageSpecifications.PrivateAfter.class);
        Checks anon = Checks.linearizable(AnonOperations.class, AnonOperations.Register.class);
        Checks fork = Checks.linearizable(ForkOperations.class, ForkSpecification.class);
        Checks dax = Checks.linearizable(DaxFileOperations.class, DaxFileOperations.Register.class);
        Checks reuse = Checks.linearizable(ReuseOperations.class, ReuseOperations.Slot.class);
        Checks vmaLock = Checks.byPoints(VmaLockOperations.class, VmaLockSpecification.class);
        Checks shared = Checks.linearizable(
                EntrySubjects.SharedWritableAfter.class, SinglePageSpecifications.SharedWritableAfter.class);
        Checks ring = Checks.linearizable(
                EntrySubjects.RingBufferAfter.class, SinglePageSpecifications.RingBufferAfter.class);
        return Stream.of(
                row("B03", EntrySubjects.SharedWritableBefore.class, shared, WrittenScenario.of("insertZero")),
                row("B04", EntrySubjects.RingBufferV1.class, ring, WrittenScenario.of("insertZero")),
                row(FaultSubjects.B09.class, access, WrittenScenario.of("insertZero", "pinLongterm")),
                row(FaultSubjects.B12.class, dax, WrittenScenario.of("load store:9", "write:7 load")),
                row(FaultSubjects.B25.class, fork, WrittenScenario.after("store:1", "fork", "pin store:2 readPinned")),
                row(
                        FaultSubjects.B30.class,
                        reuse,
                        WrittenScenario.after("insertFresh:1", "getAndRead", "zap allocate")),
                row(
                        FaultSubjects.B31.class,
                        reuse,
                        WrittenScenario.after("insertFresh:1", "getAndRead allocate", "zap allocate")),
                row(
                        FaultSubjects.B40.class,
                        fork,
                        WrittenScenario.after("store:1", "fork childLoads", "mprotectRead mprotectReadWrite store:2")),
                row(FaultSubjects.B43.class, anon, WrittenScenario.after("store:5", "zap", "load zap load")),
                row(FaultSubjects.B56.class, vmaLock, WrittenScenario.of("set:true", "tryRead")),
                row(FaultSubjects.B67.class, dax, WrittenScenario.of("load load", "store:7")),
                row(FaultSubjects.B70.class, entry, WrittenScenario.of("insertOrdinary", "insertZero")),
                row(FaultSubjects.B72.class, entry, WrittenScenario.of("insertOrdinary", "insertOrdinary")));
    }

    private static Arguments row(Class<?> faulty, Checks sound, WrittenScenario scenario) {
        return row(faulty.getSimpleName(), faulty, sound, scenario);
    }

    private static Arguments row(String fault, Class<?> faulty, Checks sound, WrittenScenario scenario) {
        return Arguments.of(fault, sound.of(faulty), sound, scenario);
    }

    @DisplayName("with the fault a wrong execution is found")
    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("faults")
    void found(String fault, Checks faulty, Checks sound, WrittenScenario scenario, TestReporter reporter) {
        LincheckRun.finds(reporter, () -> faulty.run(List.of(scenario), INVOCATIONS_WITH));
    }

    @DisplayName("without the fault the same scenario is right")
    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("faults")
    void soundWithout(String fault, Checks faulty, Checks sound, WrittenScenario scenario, TestReporter reporter)
            throws Throwable {
        LincheckRun.passes(reporter, () -> sound.run(List.of(scenario), INVOCATIONS_WITHOUT));
    }
}
