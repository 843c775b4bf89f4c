package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.mmrace.stress.KnobRotation;
import org.mmrace.stress.RotatedCampaign;
import org.mmrace.stress.StressCampaign;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressJson;
import org.mmrace.stress.StressResult;
import org.mmrace.stress.StressText;
import org.mmrace.stress.ViolationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mmrace stress}: races on real threads. */
@Command(
        name = "stress",
        description = "Maps, unmaps, pins, protects, faults and forks on real threads, checks every step, and recounts"
                + " everything at each epoch. Stops at the first violation.")
public final class StressCommand implements Callable<Integer> {
    @Mixin
    private StressOptions options;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public StressCommand() {}

    /** Checks everything before it runs anything. */
    @Override
    public Integer call() {
        StressConfig config;
        Optional<KnobRotation> rotation;
        try {
            config = options.config();
            rotation = options.rotation(config);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        ViolationFile file;
        try {
            file = ViolationFile.in(options.out());
        } catch (IOException e) {
            complain(Reason.writing(options.out(), e));
            return ExitCode.FAILED;
        }
        return rotation.isEmpty() ? once(config, file) : inTurn(rotation.get(), file);
    }

    private int once(StressConfig config, ViolationFile file) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(StressText.header(config));
        err.flush();
        StressCampaign campaign = new StressCampaign(config);
        StressHandover handover = new StressHandover(options.reproduce(), options.out());
        Interruption interruption = Interruption.of(() -> {
            campaign.interrupt();
            handover.interrupt();
        });
        int exitCode = ExitCode.FAILED;
        try {
            StressResult result = run(campaign, config, err);
            exitCode = report(
                    result,
                    more -> json ? StressJson.of(result, more) : StressText.of(result),
                    handover,
                    file,
                    options.command());
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    /** The table is that of the last turn, which is the one that found something if one did. */
    private int inTurn(KnobRotation rotation, ViolationFile file) {
        List<KnobRotation.Turn> turns = rotation.turns();
        PrintWriter err = spec.commandLine().getErr();
        err.println(StressTurns.header(turns));
        rotation.skipped().forEach(why -> err.println("stress  " + why));
        err.flush();
        RotatedCampaign campaign = new RotatedCampaign(turns);
        StressHandover handover = new StressHandover(options.reproduce(), options.out());
        Interruption interruption = Interruption.of(() -> {
            campaign.interrupt();
            handover.interrupt();
        });
        int exitCode = ExitCode.FAILED;
        PrintWriter lines = json ? null : spec.commandLine().getOut();
        try (StressTurns listener = new StressTurns(turns.size(), lines, err)) {
            List<RotatedCampaign.Ended> ended = campaign.run(listener);
            RotatedCampaign.Ended last = ended.get(ended.size() - 1);
            exitCode = report(
                    last.result(),
                    more -> json ? StressJson.of(ended, more) : StressText.of(last.result()),
                    handover,
                    file,
                    options.command(last.turn()));
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    private static StressResult run(StressCampaign campaign, StressConfig config, PrintWriter err) {
        try (StressLine line = new StressLine(config, err)) {
            return campaign.run(line);
        }
    }

    private int report(
            StressResult result,
            Function<Map<String, Object>, String> text,
            StressHandover handover,
            ViolationFile file,
            String reproduce) {
        PrintWriter out = spec.commandLine().getOut();
        boolean found = !result.violations().isEmpty();
        if (!found && result.failure() != null) {
            throw new IllegalStateException("a worker failed: " + result.failure(), result.failure());
        }
        if (!json) {
            out.print(text.apply(Map.of()));
            out.flush();
        }
        if (found) {
            search(result, handover);
        }
        out.print(json ? text.apply(handover.json()) + System.lineSeparator() : handover.text());
        if (found) {
            tellWhere(result, handover, file, reproduce);
        }
        StandardOutput.flush(out);
        if (found) {
            return ExitCode.FOUND;
        }
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return result.totalOperations() == 0 ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }

    private void search(StressResult result, StressHandover handover) {
        try {
            handover.search(result, spec.commandLine().getErr());
        } catch (IOException e) {
            complain(Reason.writing(options.out(), e));
        }
    }

    /** The last line is the command that shows the same again; with --json it is in the talk. */
    private void tellWhere(StressResult result, StressHandover handover, ViolationFile file, String reproduce) {
        PrintWriter talk =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        try {
            Path written = file.write(result, reproduce, handover.json());
            talk.println("wrote " + written);
        } catch (IOException e) {
            complain(Reason.writing(options.out(), e));
        }
        talk.println(reproduce);
        String failure = handover.file();
        if (failure != null) {
            talk.println("wrote " + failure);
            talk.println(Main.commandName() + " replay " + Main.quoted(failure));
        }
        talk.flush();
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println(spec.commandLine().getCommandSpec().qualifiedName() + ": " + problem);
    }
}
