package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.EndlessWaitException;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.trace.Trace;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.failure.FailureReplay;
import org.mmrace.failure.TraceJson;
import org.mmrace.op.SetupFailedException;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.Problem;
import org.mmrace.scenario.ScenarioReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mmrace replay}: a failing run again, step by step. */
@Command(
        name = "replay",
        description = {
            "Repeats the run of a failure file, and prints it in columns: one for each task, time goes down.",
            "A schedule that does not fit, or does not show what the file says, is bad input (2)."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A failure file (.fail).")
    private Path file = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "N",
            description = "Stop after step N, and say where each task stands and what it holds.")
    private @Nullable Integer until;

    @Option(
            names = "--free-run",
            paramLabel = "STRATEGY",
            arity = "0..1",
            fallbackValue = "random",
            description = "Go on behind --until as this strategy decides, such as pos or pct:3. Default: random.")
    private @Nullable String freeRun;

    @Option(names = "--seed", paramLabel = "N", description = "Of --free-run. Default: 0.")
    private @Nullable Long seed;

    @Option(names = "--all-steps", description = "Leave nothing out.")
    private boolean allSteps;

    @Option(names = "--json", description = "Print one JSON object with every step.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public ReplayCommand() {}

    /** Reads and checks the file before it runs anything. */
    @Override
    public Integer call() {
        checkOptions();
        try {
            FailureFile failure = read();
            return repeat(failure, FailureReplay.of(failure, Version.number()));
        } catch (MalformedScenarioException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            return ExitCode.USAGE;
        } catch (SetupFailedException e) {
            complain(file + ": this kernel refuses what the scenario declares: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (IOException e) {
            complain(Reason.reading(file, e));
            return ExitCode.FAILED;
        }
    }

    private int repeat(FailureFile failure, FailureReplay replay) {
        try (TaskPool pool = new TaskPool()) {
            return pool.drive(() -> run(pool, replay, failure));
        } catch (DivergedException | EndlessWaitException e) {
            Problem problem = failure.problem("schedule", "the schedule does not fit: " + e.getMessage());
            if (json) {
                Map<String, @Nullable Object> object = replayed(false, problem.message(), List.of(), problem);
                spec.commandLine().getOut().println(TraceJson.withoutTrace(object));
                StandardOutput.flush(spec.commandLine().getOut());
            }
            spec.commandLine().getErr().println(problem);
            return ExitCode.USAGE;
        }
    }

    private void checkOptions() {
        if (freeRun != null && until == null) {
            throw new ParameterException(spec.commandLine(), "--free-run needs --until N: where it begins");
        }
        if (seed != null && freeRun == null) {
            throw new ParameterException(spec.commandLine(), "--seed needs --free-run: a replay draws no lots");
        }
        if (until != null && until < 0) {
            throw new ParameterException(spec.commandLine(), "--until takes the number of a step, not " + until);
        }
        try {
            if (freeRun != null) {
                StrategyName.parse(freeRun);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private FailureFile read() throws MalformedScenarioException, IOException {
        if (!Files.exists(file)) {
            throw new ParameterException(spec.commandLine(), "no such file: " + file);
        }
        if (Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), file + " is a directory: expected a failure file");
        }
        try {
            return ScenarioReader.readFailure(file);
        } catch (CharacterCodingException e) {
            throw new ParameterException(spec.commandLine(), file + " is not a text file in UTF-8", e);
        }
    }

    private int run(TaskPool pool, FailureReplay replay, FailureFile failure) {
        Trace trace = trace(pool, replay);
        boolean stopped = trace.run().ending().how() == How.STOPPED;
        List<DataRace> races = stopped ? List.of() : replay.dataRaces(pool, trace.run());
        Shown shown = new Shown(trace, races);
        String difference = replay.difference(trace.run(), races).orElse("");
        if (freeRun != null || stopped) {
            String conclusion = stopped ? standings(trace) : conclusion(shown, replay, failure, difference);
            print(shown, conclusion, difference.isEmpty(), null);
            return trace.run().verdict().isClean() && races.isEmpty() ? ExitCode.CLEAN : ExitCode.FOUND;
        }
        if (difference.isEmpty()) {
            print(shown, conclusion(shown, replay, failure, ""), true, null);
            return ExitCode.FOUND;
        }
        Problem problem = failure.problem("schedule", "the schedule shows something else: " + difference);
        print(shown, problem.message(), false, problem);
        spec.commandLine().getErr().println(problem);
        return ExitCode.USAGE;
    }

    private Trace trace(TaskPool pool, FailureReplay replay) {
        if (until == null) {
            return replay.trace(pool);
        }
        return freeRun == null
                ? replay.until(pool, until)
                : replay.freeAfter(pool, until, StrategyName.parse(freeRun).make(seed == null ? 0 : seed));
    }

    /** What the run has come to. */
    private record Shown(Trace trace, List<DataRace> races) {
        /** The step that shows {@code symptom}; 0 for what was found at rest. */
        int stepOf(Symptom symptom) {
            return races.isEmpty()
                    ? trace.stepOf(symptom.id())
                    : (int) races.get(0).second().step();
        }
    }

    private static String standings(Trace trace) {
        return "stopped after step " + trace.steps().size() + "\n  " + String.join("\n  ", trace.standings());
    }

    private String conclusion(Shown shown, FailureReplay replay, FailureFile failure, String difference) {
        if (!difference.isEmpty()) {
            return difference;
        }
        int step = shown.stepOf(replay.symptom());
        String what = replay.symptom().isDataRace() ? "data race" : "violation " + replay.symptom();
        int said = failure.replay().step();
        return "same " + what + (step == 0 ? " at rest" : " at step " + step)
                + (step == said || freeRun != null ? "" : " (the file says step " + said + ")");
    }

    /** What is wrong with the file comes on standard error, and is in the JSON object as well. */
    private void print(Shown shown, String conclusion, boolean same, @Nullable Problem problem) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(TraceJson.of(shown.trace(), replayed(same, conclusion, shown.races(), problem)));
        } else {
            out.print(TraceText.of(shown.trace(), new TraceText.Style(Progress.width(), allSteps)));
            out.println();
            shown.races().forEach(out::println);
            if (problem == null) {
                out.println(conclusion);
            }
        }
        StandardOutput.flush(out);
    }

    private Map<String, @Nullable Object> replayed(
            boolean same, String conclusion, List<DataRace> races, @Nullable Problem problem) {
        Map<String, @Nullable Object> replay = new LinkedHashMap<>();
        replay.put("file", file.toString());
        replay.put("same", same);
        replay.put("conclusion", conclusion);
        replay.put("problem", problem == null ? null : Map.of("line", problem.line(), "column", problem.column()));
        replay.put("dataRaces", races.stream().map(DataRace::toString).toList());
        return replay;
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + problem);
    }
}
