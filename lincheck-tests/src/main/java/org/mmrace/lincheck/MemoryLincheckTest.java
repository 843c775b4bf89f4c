package org.mmrace.lincheck;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory as programs use it: what one thread, process or device writes, the others read, and nothing else. */
class MemoryLincheckTest {
    @DisplayName("anonymous memory is a register that MADV_DONTNEED zeroes, for two threads")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void anonymous(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(AnonOperations.class, AnonOperations.Register.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("fork is a snapshot, and a pin sees what the parent sees")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void fork(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(ForkOperations.class, ForkSpecification.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("a page of an FSDAX file is one register for two processes and write(2)")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void daxFile(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(DaxFileOperations.class, DaxFileOperations.Register.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }

    @DisplayName("GUP-fast gives the page that is mapped, never one that has been freed")
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.mmrace.lincheck.Mode#here")
    void reuse(Mode mode, TestReporter reporter) throws Throwable {
        Checks checks = Checks.linearizable(ReuseOperations.class, ReuseOperations.Slot.class);
        LincheckRun.passes(reporter, () -> checks.run(mode));
    }
}
