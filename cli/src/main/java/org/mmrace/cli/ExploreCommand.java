package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.hunt.Hunt;
import org.mmrace.hunt.HuntFailure;
import org.mmrace.hunt.HuntFiles;
import org.mmrace.hunt.HuntJson;
import org.mmrace.hunt.HuntRequest;
import org.mmrace.hunt.HuntResult;
import org.mmrace.hunt.HuntText;
import org.mmrace.op.SetupFailedException;
import org.mmrace.scenario.MalformedScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mmrace explore}: the interleavings of scenarios, each step decided by a strategy. */
@Command(
        name = "explore",
        description = "Runs scenarios under a scheduler that decides every step: again and again, until something is"
                + " wrong, all has been seen, or the budget is spent. Stops at the first violation of each scenario.")
public final class ExploreCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin
    private ExploreOptions options;

    @Option(names = "--json", description = "Print one JSON object for each scenario.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final AtomicReference<@Nullable Hunt> running = new AtomicReference<>();
    private volatile boolean interrupted;

    /** The command of the command line. */
    public ExploreCommand() {
        this(System.getenv());
    }

    /** With other environment variables, for tests. */
    ExploreCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Reads all files before it explores anything. */
    @Override
    public Integer call() {
        List<HuntRequest> requests;
        String home = environment.get(MatrixCommand.HOME);
        try {
            requests = options.requests(home == null || home.isEmpty() ? null : Path.of(home));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (MalformedScenarioException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            return ExitCode.USAGE;
        } catch (IOException e) {
            complain("cannot read a scenario: " + Reason.of(e));
            return ExitCode.FAILED;
        }
        if (requests.isEmpty()) {
            complain("no scenario (.scn) there");
            return ExitCode.NOTHING_RAN;
        }
        Interruption interruption = Interruption.of(this::interrupt);
        int exitCode = ExitCode.FAILED;
        try (HuntFiles files = HuntFiles.in(options.out())) {
            exitCode = explore(requests, files);
        } catch (IOException | UncheckedIOException e) {
            complain("cannot write to " + options.out().toAbsolutePath().normalize() + ": "
                    + Reason.of(e instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) e));
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    private void interrupt() {
        interrupted = true;
        Hunt hunt = running.get();
        if (hunt != null) {
            hunt.interrupt();
        }
    }

    private int explore(List<HuntRequest> requests, HuntFiles files) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<HuntResult> results = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (HuntRequest request : requests) {
            if (interrupted) {
                break;
            }
            HuntResult result;
            try {
                result = explore(request, files);
            } catch (SetupFailedException e) {
                String place = request.file() + (e.line() == 0 ? "" : ":" + e.line());
                complain(place + ": this kernel refuses what the scenario declares: " + e.getMessage());
                return ExitCode.USAGE;
            }
            results.add(result);
            HuntFailure failure = failure(result);
            String object = HuntJson.of(result, failure);
            files.ended(object);
            print(result, failure, object);
            if (isBad(result)) {
                commands.add(
                        failure == null
                                ? options.command(result)
                                : Main.commandName() + " replay "
                                        + Main.quoted(failure.file().toString()));
            }
        }
        if (!json && (options.all() || results.size() > 1)) {
            out.print(HuntText.summary(results));
        }
        if (results.size() < requests.size()) {
            complain("interrupted; not explored: "
                    + String.join(
                            " ",
                            requests.subList(results.size(), requests.size()).stream()
                                    .map(request -> request.scenario().name())
                                    .toList()));
        }
        PrintWriter talk = json ? spec.commandLine().getErr() : out;
        commands.forEach(talk::println);
        talk.flush();
        StandardOutput.flush(out);
        return exitCode(results);
    }

    private void print(HuntResult result, @Nullable HuntFailure failure, String object) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(object);
        } else if (!options.all()) {
            if (failure != null) {
                out.println(TraceText.of(failure.trace(), new TraceText.Style(Progress.width(), false)));
            }
            out.print(HuntText.of(result, failure != null));
        }
        StandardOutput.flush(out);
        if (failure != null && isBad(result)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("wrote " + failure.file());
            err.flush();
        }
    }

    /** What was found, on the disk before anything else happens. */
    private @Nullable HuntFailure failure(HuntResult result) throws IOException {
        if (result.found() == null) {
            return null;
        }
        try {
            return HuntFailure.write(result, options.out(), Version.number());
        } catch (IllegalArgumentException e) {
            complain("no failure file can repeat this: " + e.getMessage());
            return null;
        }
    }

    /** Whether somebody should look at it: with --all a bug that is found where it was put is as it must be. */
    private boolean isBad(HuntResult result) {
        boolean missed = options.all() && !result.interrupted();
        return result.found() != null ? !options.all() || !result.asExpected() : missed && !result.asExpected();
    }

    private int exitCode(List<HuntResult> results) {
        if (results.stream().anyMatch(this::isBad)) {
            return ExitCode.FOUND;
        }
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return results.stream().allMatch(result -> result.executions() == 0) ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }

    private HuntResult explore(HuntRequest request, HuntFiles files) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println(HuntText.header(request));
        err.flush();
        files.begun(request);
        try (ExploreLine line = new ExploreLine(err, files)) {
            Hunt hunt = new Hunt(request, line);
            running.set(hunt);
            if (interrupted) {
                hunt.interrupt();
            }
            return hunt.run();
        }
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + problem);
    }
}
