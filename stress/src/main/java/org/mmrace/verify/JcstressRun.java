package org.mmrace.verify;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** jcstress: lists, runs, reads its file of results, and compares the list with the results. */
final class JcstressRun implements CheckerRun {
    private static final PlannedTest CANARY =
            new PlannedTest("CanaryTests", "org.mmrace.jcstress.CanaryTests", 2, true);

    private final VerifyConfig config;
    private final JcstressCommands commands;
    private final Child child = new Child();

    JcstressRun(VerifyConfig config, JcstressCommands commands) {
        this.config = config;
        this.commands = commands;
    }

    @Override
    public VerifyPlan plan() throws VerifyException, IOException {
        JcstressJson json = new JcstressJson();
        Path directory = Files.createDirectories(config.directory());
        Child.End end = new Child().run(commands.list(), directory, log("list"), json::line, () -> {});
        if (end.exitCode() != 0) {
            throw new VerifyException(
                    "cannot list the tests of jcstress: it " + end.how() + ": " + String.join(" / ", end.lastLines()));
        }
        List<PlannedTest> tests = new ArrayList<>(json.tests().stream()
                .filter(test -> config.selects(test.name()))
                .toList());
        if (config.tests() == null && tests.stream().noneMatch(PlannedTest::canary)) {
            tests.add(CANARY);
        }
        JcstressBudget budget = budget(Math.max(1, tests.size()));
        return new VerifyPlan(Checker.JCSTRESS, tests, budget.toString(), budget.expected());
    }

    private JcstressBudget budget(int tests) {
        return JcstressBudget.of(tests, config.jdk(), config.time());
    }

    private Path log(String name) {
        return config.directory().resolve(name + ".log");
    }

    @Override
    public VerifyReport run(VerifyPlan plan, VerifyListener listener) throws IOException {
        deleteEarlier();
        long start = System.nanoTime();
        JcstressConsole console = new JcstressConsole(start);
        String tests = config.tests() == null ? null : config.tests().pattern();
        Child.End end = child.run(
                commands.run(
                        budget(plan.tests().size()), tests, config.directory().toAbsolutePath()),
                config.directory(),
                log("output"),
                line -> {
                    console.line(line, System.nanoTime());
                    tell(plan, console, listener, start);
                },
                () -> tell(plan, console, listener, start));
        console.finish();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return report(plan, console, end, elapsed, merged(console, read(resultFiles())));
    }

    @Override
    public void interrupt() {
        child.interrupt();
    }

    private static void tell(VerifyPlan plan, JcstressConsole console, VerifyListener listener, long start) {
        int planned = plan.tests().size();
        int perTest = Math.max(1, console.planned() / planned);
        Map<String, Integer> counts = new HashMap<>();
        console.results().forEach(result -> counts.merge(result.test(), 1, Integer::sum));
        int done =
                (int) counts.values().stream().filter(count -> count >= perTest).count();
        int failures = (int) console.results().stream()
                .filter(JcstressResult::failed)
                .map(JcstressResult::test)
                .distinct()
                .count();
        double part = console.planned() == 0 ? 0 : (double) console.results().size() / console.planned();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        listener.progress(VerifyProgress.of(plan, done, failures, elapsed, part));
    }

    private VerifyReport report(
            VerifyPlan plan, JcstressConsole console, Child.End end, Duration elapsed, List<JcstressResult> results) {
        boolean interrupted = child.interrupted();
        // Without a test that fits the machine, jcstress ends well before it comes to its summary.
        boolean ended = !interrupted && (console.complete() || end.exitCode() == 0);
        Map<String, List<JcstressResult>> byTest =
                results.stream().collect(Collectors.groupingBy(JcstressResult::test));
        int configurations = byTest.values().stream().mapToInt(List::size).max().orElse(0);
        JcstressGrading grading = new JcstressGrading(ended, configurations);
        List<TestReport> tests = plan.tests().stream()
                .map(test ->
                        grading.grade(test, byTest.getOrDefault(test.name(), List.of()), console.nanos(test.name())))
                .toList();
        boolean failed = tests.stream().anyMatch(test -> test.verdict().fails());
        return new VerifyReport(plan, tests, elapsed, interrupted, interrupted ? null : broken(end, ended, failed));
    }

    /** jcstress ends with 1 after a failed test, and also when it cannot go on itself. */
    private static VerifyReport.@Nullable Broken broken(Child.End end, boolean ended, boolean failed) {
        if (!ended || (end.exitCode() != 0 && !failed)) {
            return new VerifyReport.Broken("jcstress " + end.how(), end.lastLines());
        }
        return end.lost() == null
                ? null
                : new VerifyReport.Broken("cannot keep the output of jcstress: " + end.lost(), end.lastLines());
    }

    /** What an earlier run left would be taken for this one's. */
    private void deleteEarlier() throws IOException {
        for (Path file : files(path -> JcstressCommands.isResultFile(path)
                || path.getFileName().toString().endsWith(".html"))) {
            Files.delete(file);
        }
    }

    private List<Path> resultFiles() throws IOException {
        return files(JcstressCommands::isResultFile);
    }

    private List<Path> files(DirectoryStream.Filter<Path> filter) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(config.directory(), filter)) {
            files.forEach(found::add);
        }
        return found;
    }

    /** What the files say; the reader is a process of its own, which an interruption does not end. */
    private List<JcstressResult> read(List<Path> files) throws IOException {
        JcstressJson json = new JcstressJson();
        for (Path file : files) {
            new Child()
                    .run(
                            commands.results(file.toAbsolutePath()),
                            config.directory(),
                            log("results"),
                            json::line,
                            () -> {});
        }
        return json.results();
    }

    /** The file has whole messages and descriptions; where it was cut short, the console has more results. */
    private static List<JcstressResult> merged(JcstressConsole console, List<JcstressResult> file) {
        Map<String, List<JcstressResult>> byTest = file.stream().collect(Collectors.groupingBy(JcstressResult::test));
        console.results().stream()
                .collect(Collectors.groupingBy(JcstressResult::test))
                .forEach((test, printed) -> byTest.merge(test, printed, (a, b) -> b.size() > a.size() ? b : a));
        return byTest.values().stream().flatMap(List::stream).toList();
    }
}
