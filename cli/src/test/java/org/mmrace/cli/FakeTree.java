package org.mmrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mmrace.verify.Checker;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A built source tree, and a JDK whose {@code java} is a script: it plays the checkers from files that a test writes.
 */
final class FakeTree {
    static final String CANARY =
            "{\"test\":\"org.mmrace.jcstress.CanaryTests.LostIncrement\",\"actors\":2,\"interesting\":true}\n";

    private static final String SCRIPT = """
            #!/bin/sh
            here=$(dirname "$0")/..
            for word in "$@"; do
              case $word in
                -Djunit.platform.reporting.output.dir=*) events=${word#*=}/open-test-report.xml ;;
              esac
            done
            case "$*" in
              *'ReportMain list') cat "$here/list" ;;
              *'ReportMain results '*) cat "$here/results" ;;
              *'ConsoleLauncher discover '*) cat "$here/discover" ;;
              *'ConsoleLauncher execute '*)
                cp "$here/events" "$events"
                . "$here/run"
                ;;
              *)
                : >jcstress-results-1.bin.gz
                . "$here/run"
                ;;
            esac
            """;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Path jdk;
    final Path results;

    private final Path home;

    FakeTree(Path dir, String version) throws IOException {
        home = dir.resolve("tree");
        jdk = dir.resolve("jdk");
        results = dir.resolve("out");
        Files.createDirectories(home.resolve("jcstress-tests/target"));
        Files.createFile(home.resolve("jcstress-tests/target/jcstress-tests.jar"));
        Files.createDirectories(home.resolve("lincheck-tests/target/lib"));
        Files.createFile(home.resolve("lincheck-tests/target/lincheck-tests.jar"));
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, SCRIPT, UTF_8);
        if (!java.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + java + " executable");
        }
        file("release", "JAVA_VERSION=\"" + version + "\"\n");
        file("run", "echo 'RUN RESULTS:'\n");
        for (String name : new String[] {"list", "results", "discover", "events"}) {
            file(name, "");
        }
    }

    FakeTree file(String name, String text) throws IOException {
        Files.writeString(jdk.resolve(name), text, UTF_8);
        return this;
    }

    /** One result of jcstress as its second main prints it. */
    static String result(String test, String status, String id, long count, String expect) {
        return "{\"test\":\"org.mmrace.jcstress." + test + "\",\"configuration\":\"\",\"status\":\"" + status
                + "\",\"outcomes\":[{\"id\":\"" + id + "\",\"count\":" + count + ",\"expect\":\"" + expect
                + "\",\"description\":\"d\"}],\"messages\":[]}\n";
    }

    /** Stands for the whole command line. */
    @Command(name = "mmrace")
    static final class Top {}

    int run(Checker checker, String... args) {
        return run(checker, Map.of("MMRACE_HOME", home.toString()), args);
    }

    int run(Checker checker, Map<String, String> environment, String... args) {
        CommandLine verify = new CommandLine(new VerifyCommand(environment));
        return new CommandLine(new Top())
                .addSubcommand(verify)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new UnexpectedErrors(() -> false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words(checker, args));
    }

    private String[] words(Checker checker, String... args) {
        String[] words = new String[args.length + 6];
        words[0] = "verify";
        words[1] = checker.term();
        words[2] = "--out";
        words[3] = results.toString();
        words[4] = "--jdk";
        words[5] = jdk.toString();
        System.arraycopy(args, 0, words, 6, args.length);
        return words;
    }
}
