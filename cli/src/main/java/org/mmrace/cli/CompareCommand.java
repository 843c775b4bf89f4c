package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mmrace.compare.Compare;
import org.mmrace.compare.CompareConfig;
import org.mmrace.compare.CompareFiles;
import org.mmrace.compare.CompareJson;
import org.mmrace.compare.CompareMarkdown;
import org.mmrace.compare.CompareTable;
import org.mmrace.compare.Manifest;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.Checkers;
import org.mmrace.matrix.FaultScenarios;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mmrace compare}: strategies of the explorer against each other. */
@Command(
        name = "compare",
        description = {
            "Measures how many executions and how much time strategies of mmrace explore take to find the faults of the"
                    + " catalogue, over many seeds, and tests whether they differ.",
            "What was measured is on the disk at once: after an interruption or a kill the same command goes on where"
                    + " the first one ended."
        })
public final class CompareCommand implements Callable<Integer> {
    private static final String ALL = "all";

    private final Map<String, String> environment;

    @Option(
            names = "--strategies",
            paramLabel = "NAME,...",
            split = ",",
            completionCandidates = StrategyColumns.class,
            converter = ExploreTypes.StrategyConverter.class,
            description = "Which: names as of mmrace explore --strategy. Default: ${COMPLETION-CANDIDATES}.")
    private List<StrategyName> strategies = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            converter = ExploreTypes.StrategyConverter.class,
            description = "The strategy that the others are compared with. Default: the first one.")
    private @Nullable StrategyName baseline;

    @Option(
            names = "--fault",
            paramLabel = "ID,...|all",
            split = ",",
            description = "Which faults, such as B24,B25. Default: those that need two tasks or more.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Attempts of each strategy at each fault, with the seeds 1 to N; one for a strategy that decides"
                            + " the same each time. Default: 30.")
    private int seeds = 30;

    @Option(names = "--executions", paramLabel = "N", description = "How many each attempt may have. Default: 1000.")
    private long executions = 1000;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the measurements, tables and figures go, and from where an earlier run is continued."
                    + " Default: mmrace-out/compare.")
    private Path out = Path.of("mmrace-out", "compare");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public CompareCommand() {
        this(System.getenv());
    }

    /** With other environment variables, for tests. */
    CompareCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The strategies that are compared by default. */
    static final class StrategyColumns implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Checkers.strategies().iterator();
        }
    }

    @Override
    public Integer call() {
        CompareConfig config;
        Path home;
        try {
            config = config();
            home = home();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        TableSession session = new TableSession(spec, out);
        return session.run(() -> {
            Compare compare = new Compare(config, FaultScenarios.read(home.resolve("scenarios")));
            return new TableSession.Measurement(compare::interrupt, () -> {
                CompareTable table = run(compare, config, session);
                return report(table, Manifest.here(Version.number(), home), compare.interrupted(), session);
            });
        });
    }

    private CompareConfig config() {
        List<String> names = strategies.isEmpty()
                ? Checkers.strategies()
                : strategies.stream().map(StrategyName::toString).distinct().toList();
        String base = baseline == null ? names.get(0) : baseline.toString();
        return new CompareConfig(chosen(), names, base, seeds, executions, out);
    }

    private List<Fault> chosen() {
        if (faults.isEmpty()) {
            return Arrays.stream(Fault.values())
                    .filter(fault -> fault.tasks() > 1)
                    .toList();
        }
        if (faults.stream().anyMatch(ALL::equalsIgnoreCase)) {
            return List.of(Fault.values());
        }
        return faults.stream().distinct().map(CompareCommand::fault).toList();
    }

    private static Fault fault(String id) {
        return Fault.byId(id)
                .orElseThrow(() -> new IllegalArgumentException(Ids.unknown("fault", id, FaultsCommand.known())));
    }

    private Path home() {
        String home = environment.get(MatrixCommand.HOME);
        if (home == null || home.isEmpty()) {
            throw new IllegalArgumentException("scenarios are in the source tree: start this with its ./mmrace, or set "
                    + MatrixCommand.HOME + " to its directory");
        }
        return Path.of(home);
    }

    private CompareTable run(Compare compare, CompareConfig config, TableSession session) throws IOException {
        session.announce("compare  " + String.join(" ", config.strategies()) + "  at "
                + config.faults().size()
                + " faults with " + config.seeds() + " seeds and at most " + config.executionsMax()
                + " executions each,");
        try (CompareLine line = new CompareLine(spec.commandLine().getErr())) {
            return compare.run(line);
        }
    }

    private int report(CompareTable table, Manifest manifest, boolean interrupted, TableSession session)
            throws IOException {
        List<Path> files = CompareFiles.write(table, manifest);
        session.report(
                json ? CompareJson.of(table, manifest) + System.lineSeparator() : CompareMarkdown.of(table, manifest),
                files);
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return table.rows().isEmpty() ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }
}
