package org.mmrace.verify;

import java.time.Duration;
import java.util.List;

/**
 * One test of a run.
 *
 * @param name the class and the method or nested class, with the package
 * @param verdict what is to be said about it
 * @param outcomes in the order of the checker; empty when it did not run
 * @param time wall time; for jcstress, which may run several at a time, that since the result before
 * @param details why, when it is not simply ok: messages, or the whole report of Lincheck; may be empty
 */
public record TestReport(String name, Verdict verdict, List<Outcome> outcomes, Duration time, String details) {
    /** Copies the list. */
    public TestReport {
        outcomes = List.copyOf(outcomes);
    }

    /** The name without the package: {@code CanaryTests.LostIncrement}. */
    public String shortName() {
        return shortName(name);
    }

    static String shortName(String name) {
        int start = 0;
        while (start < name.length() && Character.isLowerCase(name.charAt(start))) {
            int dot = name.indexOf('.', start);
            if (dot < 0) {
                return name.substring(start);
            }
            start = dot + 1;
        }
        return name.substring(start);
    }
}
