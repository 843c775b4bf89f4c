package org.mmrace.verify;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a JDK of one version where JDKs are usually kept: the same places as the launcher. */
public final class JdkSearch {
    private static final String ROOT = "/";

    private final List<Path> first;
    private final Path root;
    private final Path user;

    JdkSearch(List<Path> first, Path root, Path user) {
        this.first = List.copyOf(first);
        this.root = root;
        this.user = user;
    }

    /**
     * On this machine: the JDK that runs this, then {@code JAVA_HOME}, then the usual places.
     *
     * @param javaHome the value of {@code JAVA_HOME}
     */
    public static JdkSearch here(@Nullable String javaHome) {
        List<Path> first = new ArrayList<>();
        first.add(Path.of(System.getProperty("java.home")));
        if (javaHome != null && !javaHome.isEmpty()) {
            first.add(Path.of(javaHome));
        }
        return new JdkSearch(first, Path.of(ROOT), Path.of(System.getProperty("user.home")));
    }

    /**
     * Finds the first of this version.
     *
     * @param major such as 17
     * @throws VerifyException when there is none; the message says what was looked at
     */
    public Jdk find(int major) throws VerifyException {
        Set<Path> candidates = candidates();
        List<String> seen = new ArrayList<>();
        for (Path candidate : candidates) {
            Optional<Jdk> jdk = Jdk.in(candidate);
            if (jdk.isPresent() && jdk.get().major() == major) {
                return jdk.get();
            }
            jdk.ifPresent(other -> seen.add(other.home() + " (JDK " + other.version() + ")"));
        }
        throw new VerifyException("no JDK " + major + " found; looked at "
                + (seen.isEmpty() ? "the usual places" : String.join(", ", seen)) + "; --jdk DIR gives one");
    }

    private Set<Path> candidates() {
        Set<Path> candidates = new LinkedHashSet<>(first);
        add(candidates, root.resolve("usr/lib/jvm"), "*", "");
        add(candidates, root.resolve("usr/java"), "*", "");
        add(candidates, root.resolve("opt"), "*jdk*", "");
        add(candidates, root.resolve("opt/java"), "*", "");
        add(candidates, user.resolve(".sdkman/candidates/java"), "*", "");
        add(candidates, user.resolve(".jdks"), "*", "");
        add(candidates, user.resolve(".local/share/mise/installs/java"), "*", "");
        add(candidates, user.resolve(".asdf/installs/java"), "*", "");
        add(candidates, root.resolve("Library/Java/JavaVirtualMachines"), "*", "Contents/Home");
        return candidates;
    }

    /** The subdirectories that {@code pattern} matches, and below each of them {@code below}. */
    private static void add(Set<Path> candidates, Path directory, String pattern, String below) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            found.forEach(path -> candidates.add(path.resolve(below)));
        } catch (IOException | DirectoryIteratorException e) {
            return; // what may not be read could not be started either
        }
    }
}
