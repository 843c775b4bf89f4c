package org.mmrace.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;

/** One run of Lincheck inside a test: what must come of it, and how many executions there were. */
final class LincheckRun {
    private LincheckRun() {}

    /** Nothing may be found, and something must have been tried. */
    static void passes(TestReporter reporter, Executable run) throws Throwable {
        Invocations.take();
        run.execute();
        publish(reporter);
    }

    /** A wrong execution must be found; gives Lincheck's report of it. */
    static String finds(TestReporter reporter, Executable run) {
        Invocations.take();
        String report =
                String.valueOf(assertThrows(LincheckAssertionError.class, run).getMessage());
        publish(reporter);
        return report;
    }

    private static void publish(TestReporter reporter) {
        long invocations = Invocations.take();
        reporter.publishEntry("invocations", Long.toString(invocations));
        assertTrue(invocations > 0, "nothing was executed");
    }
}
