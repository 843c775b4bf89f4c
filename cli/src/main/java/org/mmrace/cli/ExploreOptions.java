package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.hunt.HuntBudget;
import org.mmrace.hunt.HuntRequest;
import org.mmrace.hunt.HuntResult;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.script.Scenario;
import org.mmrace.stress.Durations;
import org.mmrace.workers.WorkerSeat;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code mmrace explore}, and the same options as a command that explores the same again. */
final class ExploreOptions {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(10);
    private static final int WORKERS_MAX = 64;

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..*",
            description = "Scenario files (.scn), or directories with such files.")
    private List<Path> scenarios = new ArrayList<>();

    @Option(
            names = "--all",
            description = "The whole catalogue: the scenario of each fault, which must show it, and S01 to S16, which"
                    + " must show nothing.")
    private boolean all;

    @Option(
            names = "--fault",
            paramLabel = "ID,...|none",
            split = ",",
            converter = FaultChoice.Converter.class,
            description =
                    "Without SCENARIO: the scenarios of these known bugs, such as B24,B25. With SCENARIO or --all: this"
                            + " bug instead of the one that the scenario names, or none.")
    private List<FaultChoice> faults = new ArrayList<>();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            converter = ExploreTypes.StrategyConverter.class,
            description = "Who goes when: ${COMPLETION-CANDIDATES}. Default: portfolio, which takes turns.",
            completionCandidates = ExploreTypes.StrategyNames.class)
    private StrategyName strategy = StrategyName.DEFAULT;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where random choices come from. Default: another one each time, always printed.")
    private @Nullable Long seed;

    @Option(
            names = "--executions",
            paramLabel = "N",
            description = "How many executions of each scenario at most. Default: as many as there is time for.")
    private @Nullable Long executions;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = StressOptions.DurationConverter.class,
            description = "How long each scenario is explored: 250ms, 10s, 1h. Default: 10s, or no limit with"
                    + " --executions.")
    private @Nullable Duration time;

    @Option(
            names = "--series",
            paramLabel = "SERIES",
            description =
                    "The kernel before, within or after the zeropage series: ${COMPLETION-CANDIDATES}. Default: what"
                            + " the scenario says.")
    private @Nullable Series series;

    @Option(
            names = "--set",
            paramLabel = "KNOB=VALUE",
            parameterConsumer = KnobSettings.Consumer.class,
            description = "Turn a knob of the kernel, such as vmaLock=NONE; may be repeated.")
    private Map<String, String> knobs = new LinkedHashMap<>();

    @Mixin
    private WatchOptions watch;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Processes that share what a strategy draws by lot, best one for each core." + " Default: 1.")
    private int workers = 1;

    @Option(
            names = "--worker",
            paramLabel = "K/N",
            hidden = true,
            converter = ExploreTypes.SeatConverter.class,
            description = "Started by another one: this is worker K of N.")
    private @Nullable WorkerSeat worker;

    @Option(names = "--no-minimise", description = "Leave what was found as it was found: quicker, and longer to read.")
    private boolean noMinimise;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the log and what was found are written, as soon as they are known. Default:"
                    + " mmrace-out/explore.")
    private Path out = Path.of("mmrace-out", "explore");

    /**
     * Reads everything.
     *
     * @param home the source tree; null when nobody has said where it is
     * @throws MalformedScenarioException with the problems of all files
     * @throws IllegalArgumentException when there is no such kernel, or no such file
     */
    List<HuntRequest> requests(@Nullable Path home) throws MalformedScenarioException, IOException {
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new IllegalArgumentException("--workers takes 1 to " + WORKERS_MAX + ", not " + workers);
        }
        if (workers > 1 && !strategy.drawsLots()) {
            throw new IllegalArgumentException("--workers needs a strategy that draws lots, for " + strategy
                    + " decides the same in each of them");
        }
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1, 1L << 31);
        }
        List<HuntRequest> requests = new ArrayList<>();
        for (Map.Entry<Path, Scenario> read : ScenarioFiles.read(files(home)).entrySet()) {
            requests.add(request(read.getKey(), read.getValue(), seed));
        }
        return requests;
    }

    private List<Path> files(@Nullable Path home) {
        boolean named = !scenarios.isEmpty();
        if (named && all) {
            throw new IllegalArgumentException("--all explores all scenarios: leave out " + scenarios.get(0));
        }
        if ((named || all) && faults.size() > 1) {
            throw new IllegalArgumentException("with a scenario there is one --fault at most");
        }
        if (named) {
            return scenarios;
        }
        if (!all && faults.isEmpty()) {
            throw new IllegalArgumentException("expected a SCENARIO, --fault ID or --all");
        }
        if (home == null) {
            throw new IllegalArgumentException(
                    "scenarios are in the source tree: start this with its ./mmrace, or name" + " a file");
        }
        Path directory = home.resolve("scenarios");
        return all
                ? List.of(directory)
                : faults.stream().map(fault -> file(directory, fault)).toList();
    }

    private static Path file(Path directory, FaultChoice choice) {
        Fault fault = choice.fault();
        if (fault == null) {
            throw new IllegalArgumentException("--fault none needs a SCENARIO, or --all");
        }
        return readable(directory.resolve(fault.id() + ".scn"));
    }

    /** As short as it can be said from here. */
    private static Path readable(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) && Files.exists(absolute) ? here.relativize(absolute) : file;
    }

    private HuntRequest request(Path file, Scenario scenario, long from) {
        Duration longest = time != null ? time : executions != null ? HuntBudget.UNLIMITED : DEFAULT_TIME;
        HuntBudget budget = new HuntBudget(executions == null ? Long.MAX_VALUE : executions, longest);
        KernelConfig config = FaultChoice.config(file, scenario, replacement(), turned());
        return new HuntRequest(file, scenario, config, strategy, from, budget, false, watch.watch(workers));
    }

    /** The fault that is on instead of what scenarios name; null for none. */
    private @Nullable FaultChoice replacement() {
        return (!scenarios.isEmpty() || all) && !faults.isEmpty() ? faults.get(0) : null;
    }

    private Map<String, String> turned() {
        Map<String, String> turned = new LinkedHashMap<>();
        if (series != null) {
            turned.put("series", series.name());
        }
        if (series != null && knobs.containsKey("series")) {
            throw new IllegalArgumentException("--series and --set series both say where the kernel stands: give one");
        }
        turned.putAll(knobs);
        return turned;
    }

    boolean all() {
        return all;
    }

    int workers() {
        return workers;
    }

    @Nullable
    WorkerSeat worker() {
        return worker;
    }

    boolean minimise() {
        return !noMinimise && !all;
    }

    Path out() {
        return out;
    }

    /** The command that finds the same again, in as many executions. */
    String command(HuntResult result) {
        List<String> words = new ArrayList<>(List.of(Main.commandName()));
        arguments(result.request()).forEach(word -> words.add(Main.quoted(word)));
        if (result.found() != null) {
            words.addAll(List.of("--executions", String.valueOf(result.found().execution())));
        } else if (result.isFinding()) {
            words.addAll(List.of("--executions", String.valueOf(result.executions())));
        } else {
            words.addAll(budget());
        }
        return String.join(" ", words);
    }

    /** The arguments of a process that explores {@code request} as one of several. */
    List<String> arguments(HuntRequest request, WorkerSeat seat) {
        List<String> words = arguments(request);
        words.addAll(budget());
        words.addAll(List.of("--worker", seat.toString()));
        return words;
    }

    private List<String> arguments(HuntRequest request) {
        List<String> words = new ArrayList<>(List.of("explore", request.file().toString()));
        FaultChoice replacement = replacement();
        if (replacement != null) {
            words.addAll(List.of("--fault", replacement.toString()));
        }
        if (series != null) {
            words.addAll(List.of("--series", series.name().toLowerCase(Locale.ROOT)));
        }
        knobs.forEach((knob, value) -> words.addAll(List.of("--set", knob + "=" + value)));
        words.addAll(List.of("--strategy", strategy.toString()));
        if (strategy.drawsLots()) {
            words.addAll(List.of("--seed", String.valueOf(request.seed())));
        }
        words.addAll(watch.arguments());
        return words;
    }

    private List<String> budget() {
        List<String> words = new ArrayList<>();
        if (executions != null) {
            words.addAll(List.of("--executions", String.valueOf(executions)));
        }
        if (time != null) {
            words.addAll(List.of("--time", Durations.format(time)));
        }
        return words;
    }
}
