package org.mmrace.jcstress.report;

import java.util.TreeSet;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** The tests that the jar carries: name, number of actors, and whether one of its outcomes is an interesting one. */
final class TestLines {
    private TestLines() {}

    static void write(JsonLines lines) {
        for (String name : new TreeSet<>(TestList.tests())) {
            TestInfo test = TestList.getInfo(name);
            boolean interesting =
                    test.cases().stream().anyMatch(outcome -> outcome.expect() == Expect.ACCEPTABLE_INTERESTING);
            lines.line(json -> {
                json.writeStringProperty("test", name);
                json.writeNumberProperty("actors", test.threads());
                json.writeBooleanProperty("interesting", interesting);
            });
        }
    }
}
