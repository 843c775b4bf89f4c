package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.run.RunRequest;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.script.Scenario;
import org.mmrace.stress.Durations;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code mmrace run}, and the same options as a command that runs the same again. */
final class RunOptions {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(5);

    /**
     * One scenario that is to be run.
     *
     * @param file where it is from
     * @param request how
     * @param scheduleOnly whether the file has a run that failed, and says only in a schedule who went when
     */
    record Job(Path file, RunRequest request, boolean scheduleOnly) {
        /** Whether a clean run says nothing, for it was not the one that failed on this kernel. */
        boolean isAnotherRun() {
            return scheduleOnly
                    && !request.threads()
                    && request.config().equals(request.scenario().config(true));
        }
    }

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "1..*",
            description = "Scenario files (.scn), or directories with such files.")
    private List<Path> scenarios = new ArrayList<>();

    @Option(
            names = "--threads",
            description = "On real threads, one for each task, which start together with random offsets. Without it:"
                    + " one task after the other.")
    private boolean threads;

    @Option(
            names = "--fault",
            paramLabel = "ID|none",
            split = ",",
            converter = FaultChoice.Converter.class,
            description = "This known bug instead of the one that the scenario names, or none.")
    private List<FaultChoice> faults = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KNOB=VALUE",
            parameterConsumer = KnobSettings.Consumer.class,
            description = "Turn a knob of the kernel, such as vmaLock=NONE or series=BEFORE; may be repeated.")
    private Map<String, String> knobs = new LinkedHashMap<>();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = StressOptions.DurationConverter.class,
            description = "How long each scenario runs on threads: 250ms, 5s, 10m. Default: 5s.")
    private @Nullable Duration time;

    @Option(names = "--runs", paramLabel = "N", description = "How many runs of each. Default: 1 without --threads.")
    private @Nullable Long runs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where the offsets come from. Default: another one each time, always printed.")
    private @Nullable Long seed;

    /**
     * Reads everything.
     *
     * @throws MalformedScenarioException with the problems of all files
     * @throws IllegalArgumentException when there is no such kernel, or no such file
     */
    List<Job> jobs() throws MalformedScenarioException, IOException {
        if (time != null && !threads) {
            throw new IllegalArgumentException("--time needs --threads: without it there is one run, or --runs N");
        }
        if (faults.size() > 1) {
            throw new IllegalArgumentException("with a scenario there is one --fault at most");
        }
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1, 1L << 31);
        }
        List<Job> jobs = new ArrayList<>();
        for (Map.Entry<Path, Scenario> read : ScenarioFiles.read(scenarios).entrySet()) {
            Scenario scenario = read.getValue();
            boolean scheduleOnly = scenario.interleaving().isEmpty() && ScenarioFiles.isFailure(read.getKey());
            jobs.add(new Job(read.getKey(), request(read.getKey(), scenario, seed), scheduleOnly));
        }
        return jobs;
    }

    private RunRequest request(Path file, Scenario scenario, long from) {
        if (scenario.tasks().isEmpty()) {
            throw new IllegalArgumentException(file + " has no task");
        }
        FaultChoice fault = faults.isEmpty() ? null : faults.get(0);
        long most = runs != null ? runs : threads ? Long.MAX_VALUE : 1;
        boolean byRuns = time == null && (runs != null || !threads);
        Duration longest = byRuns ? Duration.ofDays(1) : time == null ? DEFAULT_TIME : time;
        return new RunRequest(scenario, FaultChoice.config(file, scenario, fault, knobs), threads, most, longest, from);
    }

    /** The command that runs this one again. */
    String command(Job job) {
        List<String> words = new ArrayList<>(
                List.of(Main.commandName(), "run", Main.quoted(job.file().toString())));
        if (threads) {
            words.addAll(List.of("--threads", "--seed", String.valueOf(seed)));
        }
        faults.forEach(fault -> words.addAll(List.of("--fault", fault.toString())));
        knobs.forEach((knob, value) -> words.addAll(List.of("--set", Main.quoted(knob + "=" + value))));
        if (time != null) {
            words.addAll(List.of("--time", Durations.format(time)));
        }
        if (runs != null) {
            words.addAll(List.of("--runs", String.valueOf(runs)));
        }
        return String.join(" ", words);
    }
}
