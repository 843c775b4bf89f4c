package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mmrace.op.SetupFailedException;
import org.mmrace.scenario.MalformedScenarioException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** One run of a command that goes through scenarios, one after the other: how it begins, and what can be wrong. */
final class ScenarioSession {
    private final CommandSpec spec;

    /** Reads everything that the command line asks for. */
    @FunctionalInterface
    interface Reading<J> {
        List<J> read() throws MalformedScenarioException, IOException;
    }

    /** Goes through all of it, and gives the exit code. */
    @FunctionalInterface
    interface Work<J> {
        int run(List<J> jobs);
    }

    /** Of this command. */
    ScenarioSession(CommandSpec spec) {
        this.spec = spec;
    }

    /** Reads all files before anything runs; gives the exit code. */
    <J> int run(Reading<J> reading, Work<J> work) {
        List<J> jobs;
        try {
            jobs = reading.read();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (MalformedScenarioException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            return ExitCode.USAGE;
        } catch (IOException e) {
            complain("cannot read a scenario: " + Reason.of(e));
            return ExitCode.FAILED;
        }
        if (jobs.isEmpty()) {
            complain("no scenario (.scn) there");
            return ExitCode.NOTHING_RAN;
        }
        return work.run(jobs);
    }

    /** The kernel does not let {@code file} have what it declares; gives the exit code. */
    int refused(Path file, SetupFailedException failure) {
        String place = file + (failure.line() == 0 ? "" : ":" + failure.line() + ":" + failure.column());
        complain(place + ": this kernel refuses what the scenario declares: " + failure.getMessage());
        return ExitCode.USAGE;
    }

    /**
     * Says which scenarios were left out, if any were.
     *
     * @param done what was not done with them, such as {@code "run"}
     */
    void leftOut(String done, List<String> names) {
        if (!names.isEmpty()) {
            complain("interrupted; not " + done + ": " + String.join(" ", names));
        }
    }

    /** One line on standard error. */
    void complain(String problem) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + problem);
    }
}
