package org.mmrace.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.SetupFailedException;
import org.mmrace.run.RunJson;
import org.mmrace.run.RunRequest;
import org.mmrace.run.RunResult;
import org.mmrace.run.RunText;
import org.mmrace.run.ScenarioRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mmrace run}: scenarios, one task after the other or on real threads. */
@Command(
        name = "run",
        description = "Runs scenario files: once, one task after the other, or with --threads on real threads, again"
                + " and again. Says what came out, how often, and what it means.")
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(names = "--json", description = "Print one JSON object for each scenario.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final AtomicReference<@Nullable ScenarioRunner> running = new AtomicReference<>();
    private volatile boolean interrupted;
    private boolean otherRun;

    /** The command of the command line. */
    public RunCommand() {}

    /** Reads all files before it runs anything. */
    @Override
    public Integer call() {
        ScenarioSession session = new ScenarioSession(spec);
        return session.run(options::jobs, jobs -> work(jobs, session));
    }

    private int work(List<RunOptions.Job> jobs, ScenarioSession session) {
        Interruption interruption = Interruption.of(this::interrupt);
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = run(jobs, session);
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    private void interrupt() {
        interrupted = true;
        ScenarioRunner runner = running.get();
        if (runner != null) {
            runner.interrupt();
        }
    }

    private int run(List<RunOptions.Job> jobs, ScenarioSession session) {
        PrintWriter out = spec.commandLine().getOut();
        List<RunResult> results = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (RunOptions.Job job : jobs) {
            if (interrupted) {
                break;
            }
            RunResult result;
            try {
                result = run(job.request());
            } catch (SetupFailedException e) {
                return session.refused(job.file(), e);
            }
            results.add(result);
            if (result.isScriptBroken()) {
                session.complain(job.file() + ": the interleaving cannot be followed: " + result.diverged());
            }
            out.print(json ? RunJson.of(result) + System.lineSeparator() : RunText.of(result));
            StandardOutput.flush(out);
            if (result.isBad()) {
                commands.add(options.command(job));
            } else if (job.isAnotherRun() && result.runs() > 0) {
                otherRun = true;
                session.complain(job.file() + ": has no interleaving, so this was not the run that failed; this is: "
                        + Main.commandName() + " replay "
                        + Main.quoted(job.file().toString()));
            }
        }
        if (results.size() > 1 && !json) {
            out.print(RunText.summary(results));
        }
        session.leftOut(
                "run",
                jobs.subList(results.size(), jobs.size()).stream()
                        .map(job -> job.request().scenario().name())
                        .toList());
        PrintWriter talk = json ? spec.commandLine().getErr() : out;
        commands.forEach(talk::println);
        talk.flush();
        StandardOutput.flush(out);
        return exitCode(results);
    }

    private int exitCode(List<RunResult> results) {
        if (results.stream().anyMatch(RunResult::isBad)) {
            return ExitCode.FOUND;
        }
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (otherRun || results.stream().anyMatch(RunResult::isScriptBroken)) {
            return ExitCode.USAGE;
        }
        return results.stream().allMatch(result -> result.runs() == 0) ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }

    private RunResult run(RunRequest request) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(RunText.header(request));
        err.flush();
        ScenarioRunner runner = new ScenarioRunner(request);
        running.set(runner);
        if (interrupted) {
            runner.interrupt();
        }
        try (RunLine line = new RunLine(err)) {
            return runner.run(line);
        }
    }
}
