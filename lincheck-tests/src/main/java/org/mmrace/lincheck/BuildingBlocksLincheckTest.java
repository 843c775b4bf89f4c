package org.mmrace.lincheck;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts that operations are built from, by what each promises. */
class BuildingBlocksLincheckTest {
    @DisplayName("reference counts are linearizable, and 0 is for ever")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void refCounts(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(RefCountOperations.class, RefCountOperations.Counter.class)
                .insideVerbs();
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("a VMA lock reader sees all of a change or nothing, and is refused only while a writer is at work")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void vmaLocks(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.byPoints(VmaLockOperations.class, VmaLockSpecification.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("a DAX entry under its lock is a register that can be exchanged")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void daxEntries(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(DaxEntryOperations.class, DaxEntryOperations.Register.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("the VMA tree is linearizable to finders under RCU, VMA lock and mmap_lock")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void vmaTree(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(VmaTreeOperations.class, VmaTreeSpecification.class)
                .sized(2, 2);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }
}
