package org.mmrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code mmrace} command. Subcommands do the work; this class says where to find them and how they may fail. */
@Command(
        name = "mmrace",
        description = "Finds races in the rules of Linux memory management before they reach a kernel.",
        subcommands = {
            StressCommand.class,
            RunCommand.class,
            ExploreCommand.class,
            ReplayCommand.class,
            FaultsCommand.class,
            FindingsCommand.class,
            ConformCommand.class,
            VerifyCommand.class,
            MatrixCommand.class,
            CompareCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:nothing was found",
            "  1:a violation, a differing case or a forbidden outcome",
            "  2:bad usage or bad input",
            "  3:the tool or its environment failed",
            "  4:nothing ran",
            "130:interrupted",
            "141:nobody read the output to its end"
        })
public final class Main implements Callable<Integer> {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces of unexpected failures.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    /**
     * How the user started this, so that a printed command can be run as it is: the launcher's path, or the bare name.
     */
    static String commandName() {
        String launcher = System.getenv("MMRACE_COMMAND");
        return launcher == null ? "mmrace" : launcher;
    }

    /** One word of a printed command, as a shell reads it. */
    static String quoted(String word) {
        return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(commandLine(), args));
    }

    /** The whole command line with its error handling; tests give it writers of their own. */
    public static CommandLine commandLine() {
        Main main = new Main();
        return Words.readBy(new CommandLine(main))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new UnexpectedErrors(() -> main.debug));
    }

    /** An Error would otherwise end the process with 1, which means "found a violation". */
    private static int run(CommandLine mmrace, String[] args) {
        try {
            return mmrace.execute(args);
        } catch (Error error) {
            Main main = mmrace.getCommand();
            return new UnexpectedErrors(() -> main.debug).handle(error, mmrace);
        }
    }

    /** Without a subcommand there is nothing to run, and that is not a success. */
    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err, spec.commandLine().getColorScheme());
        return ExitCode.USAGE;
    }
}
