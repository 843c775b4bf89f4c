package org.mmrace.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/** A plan and a report for people. */
public final class VerifyText {
    private static final int DETAIL_LINES_MAX = 24;
    private static final long SAMPLES_FEW = 1000;
    private static final Pattern FOREIGN_FRAME =
            Pattern.compile("\\s+at (java\\.|org\\.junit\\.|org\\.jetbrains\\.).*");
    private static final String INDENT = "    ";

    private VerifyText() {}

    /** What is about to run, in one line. */
    public static String header(VerifyPlan plan, Jdk jdk) {
        int size = plan.tests().size();
        String what = plan.checker() == Checker.LINCHECK ? size + " test methods" : tests(size);
        return plan.checker().term() + "  " + what + "  JDK " + jdk.version() + "  " + plan.choice()
                + (plan.expected().isZero() ? "" : "  about " + Durations.clock(plan.expected()));
    }

    /** The table, what failed and why, and the totals; ends with a line break. */
    public static String of(VerifyReport report) {
        List<TestReport> shown = report.tests().stream()
                .filter(test -> test.verdict() != Verdict.NOT_REACHED)
                .toList();
        boolean numbers = report.plan().checker() == Checker.LINCHECK;
        int width =
                shown.stream().mapToInt(test -> test.shortName().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(row(
                width, "test", "verdict", "time", numbers ? "executions" : "outcomes (* interesting, ! forbidden)"));
        for (TestReport test : shown) {
            String seconds = String.format(Locale.ROOT, "%.1f s", test.time().toMillis() / 1e3);
            text.append(row(width, test.shortName(), test.verdict().label(), seconds, outcomes(test)));
        }
        report.failures().forEach(test -> text.append('\n').append(failure(test)));
        if (report.broken() != null) {
            text.append("\nlast lines of its output:\n");
            report.broken()
                    .lastLines()
                    .forEach(line -> text.append(INDENT).append(line).append('\n'));
        }
        text.append('\n').append(totals(report)).append('\n');
        notes(report).forEach(note -> text.append("note: ").append(note).append('\n'));
        if (report.broken() != null) {
            text.append("BROKEN OFF: ").append(report.broken().reason()).append('\n');
        }
        return text.toString();
    }

    private static String row(int width, String name, String verdict, String time, String outcomes) {
        String form = "%-" + Math.max(1, width) + "s  %-11s  %8s  %s";
        return String.format(Locale.ROOT, form, name, verdict, time, outcomes).stripTrailing() + "\n";
    }

    /** What was seen, and of a variant that did not show it, what should have been. */
    private static String outcomes(TestReport test) {
        StringJoiner text = new StringJoiner("   ");
        for (Outcome outcome : test.outcomes()) {
            boolean missed = outcome.expectation() == Expectation.INTERESTING
                    && (test.verdict() == Verdict.NOT_SEEN || test.verdict() == Verdict.BLIND);
            if (outcome.count() > 0 || missed || outcome.expectation() == Expectation.NUMBER) {
                text.add(label(outcome) + " " + StressText.thousands(outcome.count()));
            }
        }
        return text.toString();
    }

    private static String label(Outcome outcome) {
        return switch (outcome.expectation()) {
            case ACCEPTABLE -> "[" + outcome.id() + "]";
            case INTERESTING -> "*[" + outcome.id() + "]";
            case FORBIDDEN, UNKNOWN -> "![" + outcome.id() + "]";
            case NUMBER -> outcome.id();
        };
    }

    /** Why, and every outcome that is not simply acceptable. */
    private static String failure(TestReport test) {
        StringBuilder text = new StringBuilder(test.verdict().label() + ": " + test.shortName() + "\n");
        for (Outcome outcome : test.outcomes()) {
            if (outcome.expectation() != Expectation.NUMBER) {
                text.append(INDENT).append(line(outcome)).append('\n');
            }
        }
        List<String> lines = test.details()
                .lines()
                .filter(line -> !FOREIGN_FRAME.matcher(line).matches())
                .toList();
        lines.stream()
                .limit(DETAIL_LINES_MAX)
                .forEach(line -> text.append(INDENT).append(line).append('\n'));
        if (lines.size() > DETAIL_LINES_MAX) {
            text.append(INDENT)
                    .append("(")
                    .append(lines.size() - DETAIL_LINES_MAX)
                    .append(" lines more, in the XML)\n");
        }
        return text.toString();
    }

    /** {@code "[1, 0] 12 345 forbidden: the pinner, then zap"}. */
    static String line(Outcome outcome) {
        return "[" + outcome.id() + "] " + StressText.thousands(outcome.count()) + " "
                + outcome.expectation().name().toLowerCase(Locale.ROOT)
                + (outcome.description().isEmpty() ? "" : ": " + outcome.description());
    }

    private static String totals(VerifyReport report) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = report.count(verdict);
            if (count > 0) {
                parts.add(count + " " + verdict.label());
            }
        }
        return report.ran() + " of " + tests(report.tests().size()) + " ran in " + Durations.clock(report.elapsed())
                + ": " + String.join(", ", parts) + (report.interrupted() ? "; interrupted" : "");
    }

    /** What makes a good result worth less than it looks. */
    private static List<String> notes(VerifyReport report) {
        List<String> notes = new ArrayList<>();
        if (report.plan().tests().stream().noneMatch(PlannedTest::canary)) {
            notes.add("no canary was among them, so nothing shows that races can be seen here: add Canary to --tests");
        }
        long few = report.tests().stream().filter(VerifyText::isThin).count();
        if (few > 0) {
            notes.add(tests((int) few) + " had fewer than " + SAMPLES_FEW + " samples: a longer --time says more");
        }
        return notes;
    }

    private static boolean isThin(TestReport test) {
        boolean samples = test.outcomes().stream().noneMatch(o -> o.expectation() == Expectation.NUMBER);
        long count = test.outcomes().stream().mapToLong(Outcome::count).sum();
        return samples && count > 0 && count < SAMPLES_FEW && !test.verdict().fails();
    }

    private static String tests(int count) {
        return count + (count == 1 ? " test" : " tests");
    }
}
