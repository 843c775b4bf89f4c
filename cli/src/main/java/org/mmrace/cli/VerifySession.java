package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.OutputDirectory;
import org.mmrace.verify.Checker;
import org.mmrace.verify.JUnitXml;
import org.mmrace.verify.Jdk;
import org.mmrace.verify.JdkSearch;
import org.mmrace.verify.Verdict;
import org.mmrace.verify.Verification;
import org.mmrace.verify.VerifyConfig;
import org.mmrace.verify.VerifyException;
import org.mmrace.verify.VerifyJson;
import org.mmrace.verify.VerifyPlan;
import org.mmrace.verify.VerifyReport;
import org.mmrace.verify.VerifyText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** One run of {@code mmrace verify}: checks everything, runs, writes and prints. */
final class VerifySession {
    /** Lincheck 3.7 calls racy code correct on later ones. */
    private static final int LINCHECK_JDK = 17;

    /** Set by the launcher: the source tree. */
    private static final String HOME = "MMRACE_HOME";

    private final CommandLine command;
    private final VerifyOptions options;
    private final Checker checker;
    private final Map<String, String> environment;

    VerifySession(CommandLine command, VerifyOptions options, Checker checker, Map<String, String> environment) {
        this.command = command;
        this.options = options;
        this.checker = checker;
        this.environment = environment;
    }

    /** Gives the exit code. */
    int run() {
        Verification verification;
        VerifyPlan plan;
        try {
            Jdk jdk = jdk();
            Path home = home();
            prepareOut();
            verification = Verification.of(
                    new VerifyConfig(checker, home, jdk, options.tests(), options.time(), options.out()));
            plan = verification.plan();
            if (plan.tests().isEmpty()) {
                complain("no test has '" + options.tests() + "' in its name");
                return ExitCode.NOTHING_RAN;
            }
            command.getErr().println(VerifyText.header(plan, jdk));
            command.getErr().flush();
        } catch (VerifyException e) {
            complain(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        } catch (IOException e) {
            complain("cannot start " + checker.term() + ": " + Reason.of(e));
            return ExitCode.FAILED;
        }
        Interruption interruption = Interruption.of(verification::interrupt);
        int exitCode = ExitCode.FAILED;
        try {
            Instant started = Instant.now();
            exitCode = report(run(verification, plan), started);
        } catch (IOException e) {
            complain(checker.term() + " could not be run: " + Reason.of(e));
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }

    private VerifyReport run(Verification verification, VerifyPlan plan) throws IOException {
        try (VerifyLine line = new VerifyLine(plan, command.getErr())) {
            return verification.run(plan, line);
        }
    }

    private Path home() throws VerifyException {
        String home = environment.get(HOME);
        if (home == null || home.isEmpty()) {
            throw new VerifyException("the tests are in the source tree: start this with its ./mmrace, or set " + HOME
                    + " to the directory of the built tree");
        }
        return Path.of(home);
    }

    private Jdk jdk() throws VerifyException {
        Path given = options.jdk();
        if (given != null) {
            Jdk jdk = Jdk.in(given).orElseThrow(() -> new ParameterException(command, "--jdk is not a JDK: " + given));
            if (checker == Checker.LINCHECK && jdk.major() != LINCHECK_JDK) {
                throw new ParameterException(
                        command,
                        "--jdk is JDK " + jdk.version() + ", but Lincheck tells the truth on " + LINCHECK_JDK
                                + " only: it passes racy code on later ones");
            }
            return jdk;
        }
        if (checker == Checker.JCSTRESS) {
            return Jdk.current();
        }
        try {
            return JdkSearch.here(environment.get("JAVA_HOME")).find(LINCHECK_JDK);
        } catch (VerifyException e) {
            throw new VerifyException("Lincheck passes racy code on JDKs later than 17; " + e.getMessage());
        }
    }

    private void prepareOut() throws VerifyException {
        try {
            OutputDirectory.prepare(options.out());
            JUnitXml.deleteIn(options.out(), checker);
        } catch (IOException e) {
            throw new VerifyException(Reason.writing(options.out(), e));
        }
    }

    private int report(VerifyReport report, Instant started) {
        PrintWriter out = command.getOut();
        out.print(options.json() ? VerifyJson.of(report) + System.lineSeparator() : VerifyText.of(report));
        PrintWriter talk = options.json() ? command.getErr() : out;
        boolean written = tellWhere(report, started, talk);
        if (!report.failures().isEmpty()) {
            talk.println(options.command(checker, report.failures()));
        }
        talk.flush();
        StandardOutput.flush(out);
        int exitCode = exitCode(report);
        return exitCode == ExitCode.CLEAN && !written ? ExitCode.FAILED : exitCode;
    }

    private boolean tellWhere(VerifyReport report, Instant started, PrintWriter talk) {
        Path directory = options.out().resolve(checker.term());
        try {
            talk.println("wrote " + JUnitXml.write(report, started, options.out()));
        } catch (IOException e) {
            complain(Reason.writing(options.out(), e));
            return false;
        }
        Path page = directory.resolve("index.html");
        talk.println("output of " + checker.term() + ": "
                + (isNewer(page, started) ? page : directory.resolve("output.log")));
        return true;
    }

    /** jcstress writes its pages at its own end only; an earlier run may have left some. */
    private static boolean isNewer(Path page, Instant started) {
        try {
            return Files.getLastModifiedTime(page).toInstant().isAfter(started);
        } catch (IOException e) {
            return false;
        }
    }

    /** What was found comes first: it is there, whatever else went wrong. */
    private static int exitCode(VerifyReport report) {
        int failures = report.failures().size();
        if (failures > 0 && (report.ran() > 0 || report.count(Verdict.DID_NOT_RUN) < failures)) {
            return ExitCode.FOUND;
        }
        if (report.broken() != null) {
            return ExitCode.FAILED;
        }
        if (report.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return report.ran() == 0 ? ExitCode.NOTHING_RAN : ExitCode.CLEAN;
    }

    private void complain(@Nullable String problem) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + problem);
    }
}
