package org.mmrace.hunt;

import java.util.List;
import java.util.Locale;
import org.mmrace.stress.StressText;

/** What many scenarios came to, for people: one line each, which can be printed when that scenario is done. */
public final class HuntTable {
    private final int width;

    private HuntTable(int width) {
        this.width = width;
    }

    /** With room for the names of all of these. */
    public static HuntTable forAll(List<HuntRequest> requests) {
        return new HuntTable(requests.stream()
                .mapToInt(request -> request.scenario().name().length())
                .reduce("scenario".length(), Math::max));
    }

    /** The whole table; ends with a line break. */
    public static String of(List<HuntResult> results) {
        HuntTable table = forAll(results.stream().map(HuntResult::request).toList());
        StringBuilder text = new StringBuilder(table.heading()).append('\n');
        results.forEach(result -> text.append(table.row(result)).append('\n'));
        return text + total(results) + "\n";
    }

    /** What the columns are, on one line. */
    public String heading() {
        return row("scenario", "fault", "executions", "time", "steps/run", "result");
    }

    /** One scenario, on one line. */
    public String row(HuntResult result) {
        HuntRequest request = result.request();
        return row(
                request.scenario().name(),
                request.faults().isEmpty() ? "none" : String.join(" ", request.faults()),
                StressText.thousands(result.executions()),
                HuntText.seconds(result),
                result.executions() == 0 ? "" : StressText.thousands(result.steps() / result.executions()),
                word(result));
    }

    private String row(String scenario, String fault, String executions, String time, String steps, String result) {
        return String.format(
                Locale.ROOT,
                "%-" + width + "s  %-7s  %12s  %9s  %9s  %s",
                scenario,
                fault,
                executions,
                time,
                steps,
                result);
    }

    /** How many there are, and how many are as they must be, on one line. */
    public static String total(List<HuntResult> results) {
        List<HuntResult> decided =
                results.stream().filter(result -> !result.isUndecided()).toList();
        long expected = decided.stream().filter(HuntResult::asExpected).count();
        int undecided = results.size() - decided.size();
        return results.size() + " scenarios: " + expected + " as they must be, " + (decided.size() - expected) + " not"
                + (undecided == 0 ? "" : ", " + undecided + " interrupted");
    }

    private static String word(HuntResult result) {
        HuntResult.Found found = result.found();
        if (found != null) {
            String what = String.join(" ", found.verdict().broken());
            String races = result.watched().dataRaces().isEmpty() ? "" : what.isEmpty() ? "data race" : " data race";
            return "found " + what + races + " by " + found.way() + (result.asExpected() ? "" : "  UNEXPECTED");
        }
        String circles = result.isFinding() ? "potential deadlock, else " : "";
        if (result.isUndecided()) {
            return circles + "interrupted";
        }
        String clean = circles + clean(result);
        if (!result.request().faultIsOn()) {
            return clean + (result.asExpected() ? "" : "  UNEXPECTED");
        }
        return clean + (result.asExpected() ? "" : "  NOT FOUND: " + String.join(" ", result.named()));
    }

    /** Complete is what is proved, and not what has come to its end. */
    private static String clean(HuntResult result) {
        return switch (result.shown()) {
            case ALL -> "clean, complete";
            case BOUNDED -> "clean within its bound";
            case SOME, LOTS -> "clean so far";
        };
    }
}
