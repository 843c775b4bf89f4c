package org.mmrace.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what jcstress 0.16 prints with {@code -v} while it runs: how far it has come, and every result. When it is
 * killed this is all that is left, because its file of results is in its memory until it is done.
 */
final class JcstressConsole {
    private static final Pattern RESULT = Pattern.compile("\\.+ \\[([A-Z ]+)] (\\S+)");
    private static final Pattern ROW = Pattern.compile(
            "\\s+(\\S.*?)\\s{2,}([\\d,]+)\\s+\\S+%\\s+(Acceptable|Interesting|Forbidden|Unknown)  (.*)");
    private static final Pattern PLANNED = Pattern.compile("\\(Results: (\\d+) planned;.*");
    private static final String START = "  Printing the progress line";
    private static final String SUMMARY = "RUN RESULTS:";
    private static final Map<String, String> STATUS = Map.of(
            "OK", "NORMAL",
            "FAILED", "NORMAL",
            "ERROR", "TEST_ERROR",
            "TIMEOUT", "TIMEOUT_ERROR",
            "VM ERROR", "VM_ERROR",
            "SKIPPED", "API_MISMATCH");

    private final List<JcstressResult> results = new ArrayList<>();
    private final Map<String, Long> nanosByTest = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private String status = "";
    private String test = "";
    private int planned;
    private boolean summary;
    private long lastNanos;

    /** @param startNanos when jcstress was started, as {@link System#nanoTime} counts */
    JcstressConsole(long startNanos) {
        lastNanos = startNanos;
    }

    /** The next line, printed at {@code nanos}. */
    void line(String line, long nanos) {
        if (summary) {
            return; // all results again, added up
        }
        Matcher result = RESULT.matcher(line);
        Matcher row = ROW.matcher(line);
        Matcher results = PLANNED.matcher(line);
        if (result.matches() && STATUS.containsKey(result.group(1))) {
            finish();
            status = STATUS.getOrDefault(result.group(1), "");
            test = result.group(2);
            nanosByTest.merge(test, nanos - lastNanos, Long::sum);
            lastNanos = nanos;
        } else if (row.matches() && !test.isEmpty()) {
            long count = Long.parseLong(row.group(2).replace(",", ""));
            outcomes.add(new Outcome(row.group(1), count, expectation(row.group(3)), row.group(4)));
        } else if (results.matches()) {
            planned = Integer.parseInt(results.group(1));
            finish();
        } else if (line.startsWith(START)) {
            lastNanos = nanos; // what came before is jcstress looking at the machine
        } else if (line.startsWith(SUMMARY)) {
            finish();
            summary = true;
        }
    }

    /** No more lines. */
    void finish() {
        if (!test.isEmpty()) {
            results.add(new JcstressResult(test, status, outcomes, List.of()));
            outcomes.clear();
            test = "";
        }
    }

    private static Expectation expectation(String label) {
        return switch (label) {
            case "Acceptable" -> Expectation.ACCEPTABLE;
            case "Interesting" -> Expectation.INTERESTING;
            case "Forbidden" -> Expectation.FORBIDDEN;
            default -> Expectation.UNKNOWN;
        };
    }

    /** In the order in which they came. */
    List<JcstressResult> results() {
        return Collections.unmodifiableList(results);
    }

    /** Wall time between the result before and this one, added up over the configurations. */
    long nanos(String name) {
        return nanosByTest.getOrDefault(name, 0L);
    }

    /** Results that jcstress wants to reach; 0 until it has said so. */
    int planned() {
        return planned;
    }

    /** Whether jcstress came to its own end. */
    boolean complete() {
        return summary;
    }
}
