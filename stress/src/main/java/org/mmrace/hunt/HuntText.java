package org.mmrace.hunt;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mmrace.script.Verdict;
import org.mmrace.stress.StressText;

/** A result for people. */
public final class HuntText {
    private static final int VIOLATIONS_SHOWN = 5;

    private HuntText() {}

    /** What is about to be explored, on one line. */
    public static String header(HuntRequest request) {
        return "explore  " + request.scenario().name() + ": "
                + request.scenario().title() + "  "
                + StressText.kernel(request.config()) + "  strategy " + request.strategy()
                + (request.strategy().drawsLots() ? "  seed " + request.seed() : "")
                + "  for " + request.budget();
    }

    /**
     * What was found, or what was looked at; ends with a line break.
     *
     * @param failure what was found, whose trace has said already what was broken; null for nothing, or if there is no
     *     such file: then the schedule is said here
     */
    public static String of(HuntResult result, @Nullable HuntFailure failure) {
        StringBuilder text = new StringBuilder();
        HuntResult.Found found = result.found();
        if (found != null && failure == null) {
            findings(text, found.verdict());
        }
        result.watched().dataRaces().forEach(race -> text.append(race).append('\n'));
        result.watched()
                .potentialDeadlocks()
                .forEach(deadlock -> text.append(deadlock).append('\n'));
        text.append(result.request().scenario().name()).append(": ");
        text.append(found == null ? clean(result) : found(result, found)).append('\n');
        if (failure != null && failure.minimised() != null) {
            text.append("made smaller: ").append(failure.minimised()).append('\n');
        }
        if (found != null && failure == null) {
            text.append("schedule: ").append(found.run().ending().schedule()).append('\n');
        }
        if (found == null && !result.interrupted() && result.request().faultIsOn()) {
            text.append("the fault of the scenario is on, and nothing of what the scenario names was found: ")
                    .append(String.join(" ", result.named()))
                    .append('\n');
        }
        return text.toString();
    }

    private static void findings(StringBuilder text, Verdict verdict) {
        verdict.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(
                        violation -> text.append("VIOLATION ").append(violation).append('\n'));
        verdict.wrongResults().forEach(line -> text.append(line).append('\n'));
    }

    private static String found(HuntResult result, HuntResult.Found found) {
        return String.format(
                Locale.ROOT,
                "found by %s in execution %s after %s, %s steps",
                found.way(),
                StressText.thousands(found.execution()),
                seconds(result),
                StressText.thousands(found.run().ending().steps()));
    }

    private static String clean(HuntResult result) {
        return result.proved() + (result.interrupted() ? "; interrupted" : "") + "\n"
                + String.format(
                        Locale.ROOT,
                        "%s: %s, %s executions per second, %s steps per execution",
                        result.request().scenario().name(),
                        seconds(result),
                        StressText.thousands(result.executionsPerSecond()),
                        StressText.thousands(result.steps() / Math.max(1, result.executions())));
    }

    /** How long it took. */
    static String seconds(HuntResult result) {
        return String.format(Locale.ROOT, "%.2f s", result.elapsed().toNanos() / 1e9);
    }
}
