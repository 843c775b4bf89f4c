package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.conform.CaseReplayer;
import org.mmrace.conform.ConformJson;
import org.mmrace.conform.ConformReport;
import org.mmrace.conform.ConformText;
import org.mmrace.conform.Conformance;
import org.mmrace.conform.MalformedRecordingException;
import org.mmrace.conform.RecordedScope;
import org.mmrace.conform.Recording;
import org.mmrace.conform.RecordingReader;
import org.mmrace.conform.Replayer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code mmrace conform}: is the model what real kernels were recorded to be? */
@Command(
        name = "conform",
        description = {
            "Replays recordings of real kernels on the model and compares every recorded value.",
            "Succeeds when every core case is equal; with --scope, when every case of that scope is."
        })
public final class ConformCommand implements Callable<Integer> {
    private final CaseReplayer replayer;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Recordings in JSON Lines, plain or gzip; by default the two that mmrace brings along.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            converter = ScopeConverter.class,
            completionCandidates = ScopeNames.class,
            description = "Only the cases of this scope: ${COMPLETION-CANDIDATES}.")
    private @Nullable RecordedScope scope;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public ConformCommand() {
        this(new Replayer());
    }

    /** With another model, for tests. */
    ConformCommand(CaseReplayer replayer) {
        this.replayer = replayer;
    }

    /** Reads everything before it replays anything. */
    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Recording> recordings = new ArrayList<>();
        try {
            for (Path file : files) {
                recordings.add(RecordingReader.read(file));
            }
        } catch (MalformedRecordingException e) {
            return complain(e.getMessage(), ExitCode.USAGE);
        }
        if (files.isEmpty()) {
            recordings.addAll(RecordingReader.bundled());
        }
        Set<RecordedScope> scopes = scope == null ? EnumSet.allOf(RecordedScope.class) : EnumSet.of(scope);
        Conformance conformance = new Conformance(replayer, scopes);
        int cases = conformance.count(recordings);
        if (cases == 0) {
            return complain("no case to replay in " + sources(recordings), ExitCode.NOTHING_RAN);
        }
        ConformReport report;
        try (Progress progress = Progress.of("conform", cases)) {
            report = conformance.run(recordings, progress::step);
        }
        boolean found = report.of(scope == null ? RecordedScope.CORE : scope).different() > 0;
        if (json) {
            out.println(ConformJson.of(report));
        } else {
            out.print(ConformText.of(report));
            if (found) {
                out.println();
                out.println("again: " + command());
            }
        }
        StandardOutput.flush(out);
        return found ? ExitCode.FOUND : ExitCode.CLEAN;
    }

    private int complain(@Nullable String problem, int exitCode) {
        CommandLine command = spec.commandLine();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + problem);
        return exitCode;
    }

    private String sources(List<Recording> recordings) {
        String sources =
                String.join(", ", recordings.stream().map(Recording::source).toList());
        return scope == null ? sources : sources + " (--scope " + scope.term() + ")";
    }

    /** What shows the same differences again. */
    private String command() {
        List<String> words = new ArrayList<>(List.of(Main.commandName(), "conform"));
        if (scope != null) {
            words.addAll(List.of("--scope", scope.term()));
        }
        files.forEach(file -> words.add(Main.quoted(file.toString())));
        return String.join(" ", words);
    }

    /** The scopes as recordings spell them. */
    static final class ScopeNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        ScopeNames() {
            super(Stream.of(RecordedScope.values()).map(RecordedScope::term).toList());
        }
    }

    /** From the same spelling. */
    static final class ScopeConverter implements ITypeConverter<RecordedScope> {
        @Override
        public RecordedScope convert(String text) {
            return Stream.of(RecordedScope.values())
                    .filter(scope -> scope.term().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + String.join(", ", new ScopeNames()) + ", found '" + text + "'"));
        }
    }
}
