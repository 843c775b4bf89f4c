package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.mmrace.hunt.HuntTable;
import org.mmrace.hunt.HuntText;
import org.mmrace.hunt.SharedHunt;
import org.mmrace.op.SetupFailedException;
import org.mmrace.workers.JavaCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mmrace explore}: the interleavings of scenarios, each step decided by a strategy. */
@Command(
        name = "explore",
        description = {
            "Runs scenarios under a scheduler that decides every step: again and again, until something is wrong, all"
                    + " has been seen, or the budget is spent. Stops at the first violation of each scenario.",
            "The last lines are the commands that show what somebody should look at, and with such a line the exit code"
                    + " is 1: a scenario in which something was found, or, of several, one that is not as it must be."
                    + " With --all a bug that is found where it was put is as it must be."
        })
public final class ExploreCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Mixin
    private ExploreOptions options;

    @Option(names = "--json", description = "Print one JSON object for each scenario.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final AtomicReference<@Nullable Runnable> running = new AtomicReference<>();
    private volatile boolean interrupted;
    private boolean several;
    private boolean lost;

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
        String home = environment.get(MatrixCommand.HOME);
        return session()
                .run(
                        () -> options.requests(home == null || home.isEmpty() ? null : Path.of(home)),
                        requests -> options.worker() == null
                                ? exploreAll(requests)
                                : ExploreWorker.run(requests.get(0), options.worker()));
    }

    private ScenarioSession session() {
        return new ScenarioSession(spec);
    }

    private int exploreAll(List<HuntRequest> requests) {
        ExploreWorker.advice(options.workers(), Runtime.getRuntime().availableProcessors())
                .ifPresent(session()::complain);
        Interruption interruption = Interruption.of(this::interrupt);
        int exitCode = ExitCode.FAILED;
        try (HuntFiles files = HuntFiles.in(options.out())) {
            exitCode = explore(requests, files);
        } catch (IOException e) {
            session().complain(Reason.writing(options.out(), e));
        } catch (UncheckedIOException e) {
            session().complain(Reason.writing(options.out(), Objects.requireNonNull(e.getCause())));
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    /** Comes to an end soon; any thread may call this. */
    void interrupt() {
        interrupted = true;
        Runnable stop = running.get();
        if (stop != null) {
            stop.run();
        }
    }

    private int explore(List<HuntRequest> requests, HuntFiles files) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<HuntResult> results = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        several = options.all() || requests.size() > 1;
        HuntTable table = HuntTable.forAll(requests);
        if (!json && options.all()) {
            out.println(table.heading());
            StandardOutput.flush(out);
        }
        for (HuntRequest request : requests) {
            if (interrupted) {
                break;
            }
            HuntResult result;
            try {
                result = explore(request, files);
            } catch (SetupFailedException e) {
                return session().refused(request.file(), e);
            }
            results.add(result);
            HuntFailure failure = report(result, files);
            if (!json && options.all()) {
                out.println(table.row(result));
                StandardOutput.flush(out);
            }
            if (isBad(result)) {
                commands.addAll(failure == null ? List.of(options.command(result)) : replays(failure));
            }
        }
        if (!json && options.all()) {
            out.println(HuntTable.total(results));
        } else if (!json && results.size() > 1) {
            out.print(HuntTable.of(results));
        }
        session()
                .leftOut(
                        "explored",
                        requests.subList(results.size(), requests.size()).stream()
                                .map(request -> request.scenario().name())
                                .toList());
        say(commands);
        return exitCode(results);
    }

    /** The command that repeats what was found comes last. */
    private static List<String> replays(HuntFailure failure) {
        return failure.files().stream()
                .map(file -> Main.commandName() + " replay " + Main.quoted(file.toString()))
                .toList();
    }

    /** On the disk, then on standard output; if the disk is full, on standard output at least. */
    private @Nullable HuntFailure report(HuntResult result, HuntFiles files) throws IOException {
        try {
            HuntFailure failure = failure(result, files);
            String object = HuntJson.of(result, failure);
            files.ended(object);
            print(result, failure, object);
            return failure;
        } catch (IOException e) {
            sayUnwritten(result);
            throw e;
        }
    }

    private void sayUnwritten(HuntResult result) {
        spec.commandLine().getOut().print(json ? HuntJson.of(result, null) + "\n" : HuntText.of(result, null));
        say(isBad(result) ? List.of(options.command(result)) : List.of());
    }

    private void say(List<String> commands) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter talk = json ? spec.commandLine().getErr() : out;
        commands.forEach(talk::println);
        talk.flush();
        StandardOutput.flush(out);
    }

    private void print(HuntResult result, @Nullable HuntFailure failure, String object) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(object);
        } else if (!options.all()) {
            if (failure != null) {
                out.println(TraceText.of(failure.trace(), new TraceText.Style(Progress.width(), false)));
            }
            out.print(HuntText.of(result, failure));
        }
        StandardOutput.flush(out);
        if (failure != null && isBad(result)) {
            PrintWriter err = spec.commandLine().getErr();
            failure.files().forEach(file -> err.println("wrote " + file));
            err.flush();
        }
    }

    /** What was found, on the disk before anything else happens. */
    private @Nullable HuntFailure failure(HuntResult result, HuntFiles files) throws IOException {
        if (result.found() == null) {
            return null;
        }
        HuntFailure failure;
        try {
            failure = HuntFailure.write(result, options.out(), Version.number());
        } catch (IllegalArgumentException e) {
            session().complain("no failure file can repeat this: " + e.getMessage());
            return null;
        }
        files.found(failure);
        boolean breaksNothing = failure.trace().run().verdict().isClean(); // it has a data race only
        return options.minimise() && !breaksNothing ? smaller(failure) : failure;
    }

    private HuntFailure smaller(HuntFailure failure) throws IOException {
        String name = failure.result().request().scenario().name();
        PrintWriter err = spec.commandLine().getErr();
        err.println("explore  " + name + ": found, and is made smaller");
        err.flush();
        HuntFailure small = failure.smaller(options.out(), Version.number(), () -> interrupted);
        if (interrupted) {
            session().complain("interrupted; not made as small as it can be: " + name);
        }
        return small;
    }

    /**
     * Whether somebody should look at it, so that its command is among the last lines, and the exit code is 1: if it is
     * one of several and not as it must be, or if something was found; but with --all a bug that is found where it was
     * put is as it must be.
     */
    private boolean isBad(HuntResult result) {
        boolean unexpected = several && !result.isUndecided() && !result.asExpected();
        return unexpected || (!options.all() && result.isFinding());
    }

    private int exitCode(List<HuntResult> results) {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (results.stream().anyMatch(this::isBad)) {
            return ExitCode.FOUND;
        }
        if (lost) {
            return ExitCode.FAILED;
        }
        return results.stream().allMatch(result -> result.executions() == 0) ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }

    private HuntResult explore(HuntRequest request, HuntFiles files) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println(HuntText.header(request));
        err.flush();
        files.begun(request);
        try (ExploreLine line = new ExploreLine(err, files)) {
            if (options.workers() > 1) {
                return share(request, line);
            }
            Hunt hunt = new Hunt(request, line);
            stopWith(hunt::interrupt);
            return hunt.run();
        }
    }

    private void stopWith(Runnable stop) {
        running.set(stop);
        if (interrupted) {
            stop.run();
        }
    }

    private HuntResult share(HuntRequest request, ExploreLine line) {
        SharedHunt hunt = new SharedHunt(
                request,
                options.workers(),
                seat -> JavaCommand.again(Main.class.getName(), options.arguments(request, seat)),
                line);
        stopWith(hunt::interruptAll);
        SharedHunt.Shared shared = hunt.run();
        shared.lost().forEach(session()::complain);
        lost |= !shared.lost().isEmpty();
        return shared.result();
    }
}
