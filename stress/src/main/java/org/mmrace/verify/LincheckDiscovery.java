package org.mmrace.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the verbose tree of {@code junit discover}: every test method, or method with parameters, once. */
final class LincheckDiscovery {
    private static final Pattern UNIQUE_ID = Pattern.compile("[| ]*uniqueId: (\\[.*])");
    private static final Pattern SOURCE =
            Pattern.compile("[| ]*source: MethodSource \\[className = '([^']*)', methodName = '([^']*)'.*");

    private final List<PlannedTest> tests = new ArrayList<>();
    private String uniqueId = "";

    /** The next line. */
    void line(String line) {
        Matcher id = UNIQUE_ID.matcher(line);
        Matcher source = SOURCE.matcher(line);
        if (id.matches()) {
            uniqueId = id.group(1);
        } else if (source.matches()) {
            String name = source.group(1).replace('$', '.') + "." + source.group(2);
            tests.add(new PlannedTest(uniqueId, name, 1, false));
        }
    }

    List<PlannedTest> tests() {
        return tests;
    }
}
