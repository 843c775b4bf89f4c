package org.mmrace.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A file is no scenario. The message has one line for each problem. */
public final class MalformedScenarioException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    MalformedScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the lines; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
