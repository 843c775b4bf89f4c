package org.mmrace.explore.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.Word;

/** The tests in docs/exploration.md compile as they stand there, and fail with what is shown below them. */
class DocumentationTest {
    private static final Pattern HEAD = Pattern.compile("class (\\w+) \\{\n    @Explore.*\n    void (\\w+)\\(");

    @TempDir
    private Path dir;

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..", file));
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private String messageOf(String text, String className, String method) throws Exception {
        Path source = Files.writeString(dir.resolve(className + ".java"), text);
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        Stream.of(Explore.class, Tasks.class, Word.class, Test.class, ExtendWith.class)
                                .map(DocumentationTest::place)
                                .distinct()
                                .collect(Collectors.joining(File.pathSeparator)),
                        "-d",
                        dir.toString(),
                        source.toString());
        assertThat(exit).as("javac %s.java", className).isZero();
        URL[] classes = {dir.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            return Heard.of(loader.loadClass(className), method).message();
        }
    }

    @Test
    void examplesFailAsShown() throws Exception {
        String[] parts = read("docs/exploration.md").split("```(?=\n|java\n)", -1);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            Matcher head = HEAD.matcher(parts[i]);
            if (parts[i].startsWith("java\n") && head.find()) {
                String source = parts[i].substring("java\n".length());
                seen.add(head.group(1));
                assertThat("\n" + messageOf(source, head.group(1), head.group(2)) + "\n")
                        .isEqualTo(parts[i + 2]);
            }
        }
        assertThat(seen).containsExactly("CounterTest", "TwoLocksTest");
    }

    @Test
    void dependenciesHaveTheVersionsOfThisProject() throws IOException {
        String pom = read("pom.xml");
        Matcher own = Pattern.compile("<artifactId>mmrace</artifactId>\\s*<version>([^<]+)<")
                .matcher(pom);
        Matcher junit = Pattern.compile("<junit.version>([^<]+)<").matcher(pom);
        assertThat(own.find()).isTrue();
        assertThat(junit.find()).isTrue();
        assertThat(read("docs/exploration.md"))
                .contains("<artifactId>mmrace-explore-junit</artifactId>\n  <version>" + own.group(1) + "<")
                .contains("<artifactId>junit-jupiter</artifactId>\n  <version>" + junit.group(1) + "<");
    }
}
