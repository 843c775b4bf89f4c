package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.CheckerKind;
import org.mmrace.matrix.Checkers;
import org.mmrace.matrix.FaultChecker;
import org.mmrace.matrix.FaultScenarios;
import org.mmrace.matrix.Matrix;
import org.mmrace.matrix.MatrixConfig;
import org.mmrace.matrix.MatrixFiles;
import org.mmrace.matrix.MatrixJson;
import org.mmrace.matrix.MatrixMarkdown;
import org.mmrace.matrix.MatrixTable;
import org.mmrace.verify.VerifyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mmrace matrix}: who finds which fault. */
@Command(
        name = "matrix",
        description = {
            "Measures which checker finds which fault of the catalogue, by which invariant and how fast, and that none"
                    + " finds anything without the fault.",
            "What was measured is on the disk at once: after an interruption or a kill the same command goes on where"
                    + " the first one ended."
        })
public final class MatrixCommand implements Callable<Integer> {
    /** Set by the launcher: the source tree. */
    static final String HOME = "MMRACE_HOME";

    private static final int DEFAULT_SEEDS = 5;
    private static final int DEFAULT_STRATEGY_SEEDS = 30;

    private final Map<String, String> environment;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = StressOptions.DurationConverter.class,
            description = "How long each cell may look, over all its seeds: 500ms, 10s, 1m. Default: 10s.")
    private Duration time = Duration.ofSeconds(10);

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Seeds per cell at most. Default: 30 for strategies of the explorer, each with its share of the"
                            + " time, and 5 for the others.")
    private @Nullable Integer seeds;

    @Option(
            names = "--fault",
            paramLabel = "ID,...",
            split = ",",
            converter = StressOptions.FaultConverter.class,
            description = "Only these rows, such as B24,B25. Default: the whole catalogue.")
    private Set<Fault> faults = new LinkedHashSet<>();

    @Option(
            names = "--checkers",
            paramLabel = "NAME,...",
            split = ",",
            completionCandidates = CheckerNames.class,
            description =
                    "Only these columns: ${COMPLETION-CANDIDATES}, or another strategy of mmrace explore. Default:"
                            + " all of these.")
    private List<String> checkers = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the measurements and the tables go, and from where an earlier run is continued."
                    + " Default: mmrace-out/matrix.")
    private Path out = Path.of("mmrace-out", "matrix");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public MatrixCommand() {
        this(System.getenv());
    }

    /** With other environment variables, for tests. */
    MatrixCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        MatrixConfig config;
        try {
            config = config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        TableSession session = new TableSession(spec, out);
        return session.run(() -> {
            Matrix matrix = new Matrix(config, open(config.checkers()));
            return new TableSession.Measurement(
                    matrix::interrupt, () -> report(run(matrix, config, session), matrix.interrupted(), session));
        });
    }

    private MatrixConfig config() {
        if (faults.isEmpty()) {
            faults = new LinkedHashSet<>(Arrays.asList(Fault.values()));
        }
        List<String> names = checkers.isEmpty()
                ? Checkers.names()
                : checkers.stream().map(Checkers::parse).distinct().toList();
        return new MatrixConfig(
                List.copyOf(faults),
                names,
                time,
                seeds == null ? DEFAULT_SEEDS : seeds,
                seeds == null ? DEFAULT_STRATEGY_SEEDS : seeds,
                out);
    }

    /** The columns that there are by default. */
    static final class CheckerNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Checkers.names().iterator();
        }
    }

    private List<FaultChecker> open(List<String> names) throws VerifyException, IOException {
        String home = environment.get(HOME);
        if (home == null || home.isEmpty()) {
            throw new VerifyException(
                    "scenarios and tests are in the source tree: start this with its ./mmrace, or set " + HOME
                            + " to the directory of the built tree");
        }
        CheckerKind.Setting setting = new CheckerKind.Setting(Path.of(home), out, environment.get("JAVA_HOME"));
        FaultScenarios scenarios = FaultScenarios.read(setting.home().resolve("scenarios"));
        List<FaultChecker> opened = new ArrayList<>();
        for (String name : names) {
            opened.add(Checkers.open(name, setting, scenarios));
        }
        return opened;
    }

    private MatrixTable run(Matrix matrix, MatrixConfig config, TableSession session)
            throws VerifyException, IOException {
        session.announce("matrix of " + config.faults().size() + " faults and "
                + config.checkers().size() + " checkers");
        try (MatrixLine line = new MatrixLine(spec.commandLine().getErr())) {
            return matrix.run(line);
        }
    }

    private int report(MatrixTable table, boolean interrupted, TableSession session) throws IOException {
        List<Path> files = MatrixFiles.write(table, out);
        session.report(json ? MatrixJson.of(table) + System.lineSeparator() : MatrixMarkdown.of(table), files);
        if (!table.falseAlarms().isEmpty()) {
            return ExitCode.FOUND;
        }
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return table.measured() == 0 ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }
}
