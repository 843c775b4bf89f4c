package org.mmrace.verify;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command lines of JUnit's console launcher on the jar of the Lincheck tests.
 *
 * @param java everything before the flags of the JVM
 * @param main everything after them and before the command of the launcher
 * @param jar whose tests
 */
record LincheckCommands(List<String> java, List<String> main, Path jar) {
    /** How the tests hear how long each of them may take. */
    static final String SECONDS_PROPERTY = "mmrace.lincheck.seconds";

    /** The name that JUnit gives to its file of events. */
    static final String EVENTS_FILE = "open-test-report.xml";

    private static final String MAIN = "org.junit.platform.console.ConsoleLauncher";
    private static final String CLASS_NAMES = ".*LincheckTest";
    private static final List<String> PLAIN = List.of("--disable-banner", "--disable-ansi-colors");

    static LincheckCommands of(Jdk jdk, Path jar, Path libraries) {
        return new LincheckCommands(
                List.of(jdk.java().toString(), "-Dfile.encoding=UTF-8"),
                List.of("-cp", jar + File.pathSeparator + libraries.resolve("*"), MAIN),
                jar);
    }

    List<String> discover() {
        List<String> command = new ArrayList<>(java);
        command.addAll(main);
        command.add("discover");
        command.addAll(PLAIN);
        command.addAll(List.of("--details=verbose", "--details-theme=ascii", "--scan-classpath", jar.toString()));
        command.add("--include-classname=" + CLASS_NAMES);
        return List.copyOf(command);
    }

    /**
     * The run of some tests.
     *
     * @param tests their unique ids are selected one by one
     * @param perTest how long each may take; null for what the tests think right
     * @param directory gets the file of events
     */
    List<String> execute(List<PlannedTest> tests, @Nullable Duration perTest, Path directory) {
        List<String> command = new ArrayList<>(java);
        if (perTest != null) {
            command.add("-D" + SECONDS_PROPERTY + "=" + perTest.toSeconds());
        }
        command.add("-Djava.io.tmpdir=" + directory); // where Lincheck leaves its bootstrap jar
        command.add("-Djunit.platform.reporting.open.xml.enabled=true");
        command.add("-Djunit.platform.reporting.output.dir=" + directory);
        command.addAll(main);
        command.add("execute");
        command.addAll(PLAIN);
        command.add("--details=testfeed");
        tests.forEach(test -> command.add("--select-unique-id=" + test.id()));
        return List.copyOf(command);
    }
}
