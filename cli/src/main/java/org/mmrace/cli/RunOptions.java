package org.mmrace.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.run.RunRequest;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;
import org.mmrace.stress.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code mmrace run}, and the same options as a command that runs the same again. */
final class RunOptions {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(5);
    private static final String NO_FAULT = "none";

    /**
     * One scenario that is to be run.
     *
     * @param file where it is from
     * @param request how
     */
    record Job(Path file, RunRequest request) {}

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
            converter = FaultOrNone.class,
            description = "This known bug instead of the one that the scenario names, or none.")
    private @Nullable FaultChoice fault;

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
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1, 1L << 31);
        }
        List<Job> jobs = new ArrayList<>();
        List<MalformedScenarioException> malformed = new ArrayList<>();
        for (Path file : files()) {
            try {
                Scenario scenario = read(file);
                jobs.add(new Job(file, request(file, scenario, seed)));
            } catch (MalformedScenarioException e) {
                malformed.add(e);
            }
        }
        if (!malformed.isEmpty()) {
            throw MalformedScenarioException.together(malformed);
        }
        return jobs;
    }

    private static Scenario read(Path file) throws MalformedScenarioException, IOException {
        try {
            return ScenarioReader.read(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not a text file in UTF-8", e);
        }
    }

    private RunRequest request(Path file, Scenario scenario, long from) {
        if (scenario.tasks().isEmpty()) {
            throw new IllegalArgumentException(file + " has no task");
        }
        long most = runs != null ? runs : threads ? Long.MAX_VALUE : 1;
        boolean byRuns = time == null && (runs != null || !threads);
        Duration longest = byRuns ? Duration.ofDays(1) : time == null ? DEFAULT_TIME : time;
        return new RunRequest(scenario, config(file, scenario), threads, most, longest, from);
    }

    private KernelConfig config(Path file, Scenario scenario) {
        try {
            KernelConfig config = scenario.config(fault == null);
            Fault on = fault == null ? scenario.fault() : fault.fault();
            if (on != null) {
                config = config.with(on);
            }
            return KnobSettings.turn(config, on == null ? List.of() : List.of(on), knobs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : scenarios) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> walk = Files.walk(path)) {
                    walk.filter(file -> file.toString().endsWith(".scn") && !Files.isDirectory(file))
                            .sorted()
                            .forEach(files::add);
                }
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new IllegalArgumentException("no such file: " + path);
            }
        }
        return files;
    }

    /** The command that runs this one again. */
    String command(Job job) {
        List<String> words = new ArrayList<>(
                List.of(Main.commandName(), "run", Main.quoted(job.file().toString())));
        if (threads) {
            words.addAll(List.of("--threads", "--seed", String.valueOf(seed)));
        }
        if (fault != null) {
            words.addAll(List.of("--fault", fault.toString()));
        }
        knobs.forEach((knob, value) -> words.addAll(List.of("--set", Main.quoted(knob + "=" + value))));
        if (time != null) {
            words.addAll(List.of("--time", Durations.format(time)));
        }
        if (runs != null) {
            words.addAll(List.of("--runs", String.valueOf(runs)));
        }
        return String.join(" ", words);
    }

    /** A fault, or none at all. */
    private record FaultChoice(@Nullable Fault fault) {
        @Override
        public String toString() {
            return fault == null ? NO_FAULT : fault.id();
        }
    }

    /** A fault by its id, or {@code none}. */
    static final class FaultOrNone implements ITypeConverter<FaultChoice> {
        @Override
        public FaultChoice convert(String text) {
            boolean none = text.equalsIgnoreCase(NO_FAULT);
            return new FaultChoice(none ? null : new StressOptions.FaultConverter().convert(text));
        }
    }
}
