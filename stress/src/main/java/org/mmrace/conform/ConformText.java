package org.mmrace.conform;

import java.util.List;

/** A report for people. */
public final class ConformText {
    private static final int IN_FULL_MAX = 10;
    private static final int CAUSES_MAX = 25;
    private static final int EXAMPLES_MAX = 2;

    private final StringBuilder text = new StringBuilder();

    private ConformText() {}

    /** One line for each scope and kernel, then the causes of the differences, then the first ten in full. */
    public static String of(ConformReport report) {
        ConformText text = new ConformText();
        text.counts(report);
        List<CaseResult> different = report.different();
        if (!different.isEmpty()) {
            text.causes(Cause.of(different), report.differences().size(), different.size());
            text.inFull(different);
        }
        return text.text.toString();
    }

    private void counts(ConformReport report) {
        int kernelWidth = report.counts().values().stream()
                .flatMap(kernels -> kernels.keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int countWidth = Integer.toString(report.total().cases()).length();
        String format = "%-10s  %-" + kernelWidth + "s  %" + countWidth + "d / %" + countWidth + "d equal";
        report.counts()
                .forEach((scope, kernels) -> kernels.forEach((kernel, count) ->
                        line(String.format(format, scope.term(), kernel, count.equal(), count.cases()))));
    }

    private void causes(List<Cause> causes, int differences, int cases) {
        line("");
        line(plural(differences, "difference") + " in " + plural(cases, "case") + ", " + plural(causes.size(), "cause")
                + ":");
        int width = Integer.toString(causes.get(0).count()).length();
        for (Cause cause : causes.subList(0, Math.min(CAUSES_MAX, causes.size()))) {
            line(String.format("  %" + width + "d x %s", cause.count(), cause.title()));
            cause.examples().stream().limit(EXAMPLES_MAX).forEach(example -> line("       " + example));
        }
        if (causes.size() > CAUSES_MAX) {
            line("  ... and " + (causes.size() - CAUSES_MAX) + " more");
        }
    }

    private void inFull(List<CaseResult> different) {
        line("");
        line("The first differences in full:");
        int left = IN_FULL_MAX;
        for (CaseResult result : different) {
            if (left == 0) {
                return;
            }
            RecordedCase recorded = result.recorded();
            line("  " + recorded.id() + "  (" + recorded.scope().term() + ", " + recorded.kernel() + ", "
                    + recorded.series() + ")");
            for (Difference difference : result.differences()) {
                if (left == 0) {
                    return;
                }
                left--;
                line("    " + place(result, difference) + ": "
                        + Cause.expectedActual(difference.expected(), difference.actual()));
            }
        }
    }

    private static String place(CaseResult result, Difference difference) {
        boolean isStep = difference.step() >= 0
                && difference.step() < result.recorded().steps().size();
        return (isStep ? "step " + difference.step() + " " : "") + result.nameOf(difference);
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
