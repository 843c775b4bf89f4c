package org.mmrace.handover;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.scenario.ScenarioPrinter;
import org.mmrace.stress.StressText;

/** A {@link HandoverResult} for people, and for programs. */
public final class HandoverText {
    private HandoverText() {}

    /**
     * What was found, with the scenario and the interleaving; or what was tried. Ends with a line break.
     *
     * @param style how the interleaving is printed
     */
    public static String of(HandoverResult result, TraceText.Style style) {
        HandoverResult.Reproduced found = result.reproduced();
        return found == null
                ? sentence(result) + "\n"
                : sentence(result)
                        + "\n\n"
                        + ScenarioPrinter.print(found.failure().scenario())
                        + "\n"
                        + TraceText.of(found.trace(), style);
    }

    /** The same in one line. */
    public static String sentence(HandoverResult result) {
        HandoverResult.Reproduced found = result.reproduced();
        String effort = count(result.scenarios(), "scenario") + " made of the last operations, "
                + count(result.executions(), "execution") + " in " + seconds(result.elapsed());
        if (found != null) {
            return "reproduced under control: " + result.invariant() + " by "
                    + found.failure().strategy() + ", after " + effort;
        }
        if (result.scenarios() == 0) {
            return "not reproduced under control: the last operations make no scenario that could show "
                    + result.invariant();
        }
        return "not reproduced under control: no run of " + effort + (result.interrupted() ? " until interrupted" : "")
                + " broke " + result.invariant();
    }

    /**
     * Its fields for a JSON object.
     *
     * @param file where the failure was written, null if nowhere
     */
    public static Map<String, Object> json(HandoverResult result, @Nullable String file) {
        Map<String, Object> json = new LinkedHashMap<>();
        HandoverResult.Reproduced found = result.reproduced();
        json.put("reproduced", found != null);
        json.put("invariant", result.invariant());
        json.put("scenarios", result.scenarios());
        json.put("executions", result.executions());
        json.put("elapsedMillis", result.elapsed().toMillis());
        json.put("interrupted", result.interrupted());
        if (found != null) {
            json.put("strategy", found.failure().strategy());
            json.put("violation", found.failure().why());
            json.put("workers", found.workers());
            json.put("scenario", ScenarioPrinter.print(found.failure().scenario()));
            json.put("schedule", found.failure().schedule().toString());
        }
        if (file != null) {
            json.put("file", file);
        }
        return json;
    }

    private static String count(long number, String what) {
        return StressText.thousands(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1e3);
    }
}
