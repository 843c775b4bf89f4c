package org.mmrace.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.Durations;
import org.mmrace.verify.Checker;
import org.mmrace.verify.TestReport;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code mmrace verify}, and a command that runs the failed tests again. */
final class VerifyOptions {
    private static final Path DEFAULT_OUT = Path.of("mmrace-out");

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = StressOptions.DurationConverter.class,
            description = "How long all tests may take together: 30s, 10m, 2h. Default: a quick look at each.")
    private @Nullable Duration time;

    @Option(
            names = "--tests",
            paramLabel = "REGEX",
            converter = PatternConverter.class,
            description = "Only the tests with this in their name, such as 'Canary|Gup'. Default: all.")
    private @Nullable Pattern tests;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the JUnit XML, the checker's pages and its output go. Default: mmrace-out.")
    private Path out = DEFAULT_OUT;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "The JDK for the checker. Default: the one that runs mmrace, or for Lincheck a JDK 17.")
    private @Nullable Path jdk;

    @Nullable
    Duration time() {
        return time;
    }

    @Nullable
    Pattern tests() {
        return tests;
    }

    boolean json() {
        return json;
    }

    Path out() {
        return out;
    }

    @Nullable
    Path jdk() {
        return jdk;
    }

    /** The command that runs just these tests again. */
    String command(Checker checker, List<TestReport> failures) {
        String names = failures.stream()
                .map(test -> test.shortName().replaceFirst(" .*", "")) // parameters are not part of a name
                .distinct()
                .map(name -> name.replace(".", "\\.").replace("$", "\\$"))
                .collect(Collectors.joining("|"));
        List<String> words = new ArrayList<>(List.of(Main.commandName(), "verify", checker.term()));
        words.addAll(List.of("--tests", Main.quoted("\\.(" + names + ")$")));
        if (time != null) {
            words.addAll(List.of("--time", Durations.format(time)));
        }
        if (!out.equals(DEFAULT_OUT)) {
            words.addAll(List.of("--out", Main.quoted(out.toString())));
        }
        if (jdk != null) {
            words.addAll(List.of("--jdk", Main.quoted(jdk.toString())));
        }
        return String.join(" ", words);
    }

    /** With a message of one line. */
    static final class PatternConverter implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new TypeConversionException("'" + text + "' is not a regular expression: " + e.getDescription());
            }
        }
    }
}
