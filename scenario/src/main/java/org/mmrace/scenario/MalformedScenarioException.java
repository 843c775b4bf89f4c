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

    /** These problems of one file, at least one. */
    public static MalformedScenarioException of(List<Problem> problems) {
        return new MalformedScenarioException(problems);
    }

    /** The problems of several files, in this order; there is one file at least. */
    public static MalformedScenarioException together(List<MalformedScenarioException> files) {
        return new MalformedScenarioException(
                files.stream().flatMap(file -> file.problems().stream()).toList());
    }

    /** What is wrong, in the order of the lines; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
