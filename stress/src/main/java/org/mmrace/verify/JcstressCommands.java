package org.mmrace.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The command lines of the jcstress jar.
 *
 * @param java everything before the arguments of jcstress itself
 * @param report everything before the arguments of the second main, which prints JSON Lines
 */
record JcstressCommands(List<String> java, List<String> report) {
    /** What the console reader expects: UTF-8, English numbers, no redrawn lines. */
    private static final List<String> FLAGS = List.of(
            "-Dfile.encoding=UTF-8",
            "-Dsun.stdout.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djdk.console=java.base");

    private static final String MAIN = "org.openjdk.jcstress.Main";
    private static final String REPORT_MAIN = "org.mmrace.jcstress.report.ReportMain";

    static JcstressCommands of(Jdk jdk, Path jar) {
        List<String> start = new ArrayList<>(List.of(jdk.java().toString()));
        start.addAll(FLAGS);
        start.addAll(List.of("-cp", jar.toString()));
        return new JcstressCommands(plus(start, List.of(MAIN)), plus(start, List.of(REPORT_MAIN)));
    }

    List<String> list() {
        return plus(report, List.of("list"));
    }

    List<String> results(Path file) {
        return plus(report, List.of("results", file.toString()));
    }

    /** One JVM mode, both actors compiled alike: all modes take 18 times as long. */
    List<String> run(JcstressBudget budget, @Nullable String tests, Path pages) {
        List<String> arguments = new ArrayList<>(budget.arguments());
        arguments.addAll(List.of("-sc", "false", "-jvmArgs", "-Xmx256m", "-v", "-r", pages.toString()));
        if (tests != null) {
            arguments.addAll(List.of("-t", tests));
        }
        return plus(java, arguments);
    }

    private static List<String> plus(List<String> start, List<String> end) {
        List<String> all = new ArrayList<>(start);
        all.addAll(end);
        return List.copyOf(all);
    }

    /** The files that jcstress writes into the directory where it runs. */
    static boolean isResultFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.startsWith("jcstress-results-") && name.endsWith(".bin.gz");
    }
}
