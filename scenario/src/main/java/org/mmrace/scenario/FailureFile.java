package org.mmrace.scenario;

import java.util.Map;
import org.mmrace.script.Scenario;

/**
 * A failure file ({@code .fail}): a scenario, and below it how a run of it has failed.
 *
 * @param file as the user named it
 * @param scenario the program, which asks for the kernel that it failed on
 * @param replay how it failed
 * @param places where the file says what, by the keys of {@code replay}
 */
public record FailureFile(String file, Scenario scenario, ReplayBlock replay, Map<String, Problem> places) {
    /** Keeps its own copy. */
    public FailureFile {
        places = Map.copyOf(places);
    }

    /** The text of a failure file. */
    public static String print(Scenario scenario, ReplayBlock replay, String why) {
        return ScenarioPrinter.print(scenario) + (why.isEmpty() ? "" : "# " + why + "\n") + replay;
    }

    /** Something is wrong with what {@code replay} says about {@code key}, such as {@code "schedule"}. */
    public Problem problem(String key, String message) {
        Problem place = places.get(key);
        return place == null
                ? new Problem(file, 1, 1, message)
                : new Problem(file, place.line(), place.column(), message);
    }
}
