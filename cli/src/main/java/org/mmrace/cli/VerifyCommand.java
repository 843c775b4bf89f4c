package org.mmrace.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.mmrace.verify.Checker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mmrace verify}: the model under other people's checkers. */
@Command(
        name = "verify",
        description = "Runs the model under a checker that others wrote, and reports every test of it.",
        subcommands = {VerifyCommand.Jcstress.class, VerifyCommand.Lincheck.class})
public final class VerifyCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    /** The command of the command line. */
    public VerifyCommand() {
        this(System.getenv());
    }

    /** With other environment variables, for tests. */
    VerifyCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Without a checker there is nothing to run, and that is not a success. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr(), spec.commandLine().getColorScheme());
        return ExitCode.USAGE;
    }

    /** {@code mmrace verify jcstress}. */
    @Command(
            name = "jcstress",
            description = {
                "Samples the building blocks and the operations on this machine's hardware with jcstress.",
                "Succeeds when every test ran, no forbidden outcome was seen, and the canary's race was.",
                "A variant that is broken on purpose and did not show it is 'not seen', which is no failure."
            })
    static final class Jcstress implements Callable<Integer> {
        @Mixin
        private VerifyOptions options;

        @ParentCommand
        private VerifyCommand parent;

        @Spec
        private CommandSpec spec;

        Jcstress() {}

        @Override
        public Integer call() {
            return new VerifySession(spec.commandLine(), options, Checker.JCSTRESS, parent.environment).run();
        }
    }

    /** {@code mmrace verify lincheck}. */
    @Command(
            name = "lincheck",
            description = {
                "Checks with Lincheck, by stress and by model checking, what is linearizable. Needs a JDK 17.",
                "Succeeds when every test ran and passed; the canary passes when its race was seen."
            })
    static final class Lincheck implements Callable<Integer> {
        @Mixin
        private VerifyOptions options;

        @ParentCommand
        private VerifyCommand parent;

        @Spec
        private CommandSpec spec;

        Lincheck() {}

        @Override
        public Integer call() {
            return new VerifySession(spec.commandLine(), options, Checker.LINCHECK, parent.environment).run();
        }
    }
}
