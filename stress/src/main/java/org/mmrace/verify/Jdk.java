package org.mmrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK or JRE on this machine.
 *
 * @param home its directory
 * @param version such as {@code 17.0.15}
 */
public record Jdk(Path home, String version) {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+(?:\\.\\d+)*)");

    /** The one that runs this program. */
    public static Jdk current() {
        Path home = Path.of(System.getProperty("java.home"));
        return in(home).orElseGet(
                        () -> new Jdk(home, String.valueOf(Runtime.version().feature())));
    }

    /** Reads the {@code release} file without starting anything; empty when there is no JDK. */
    public static Optional<Jdk> in(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        try {
            Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release"), UTF_8));
            return matcher.find() ? Optional.of(new Jdk(home, matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first number of the version. */
    public int major() {
        return Integer.parseInt(version.replaceFirst("\\..*", ""));
    }

    /** Its {@code java}. */
    Path java() {
        return home.resolve("bin/java");
    }
}
