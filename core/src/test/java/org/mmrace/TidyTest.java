package org.mmrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules that are about text: of every module, because a reader meets every module. */
class TidyTest {
    private static final int LINES_MAX = 300;
    private static final int COLUMNS_MAX = 120;

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "mmrace-out");
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
    private static final TreeMap<Path, String> SOURCES = read("java");
    private static final TreeMap<Path, String> PAGES = read("md");

    /** Spelled apart, so that this file may be scanned as well. */
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern MONITOR = Pattern.compile("\\b(synchronized|volatile)\\b");
    private static final Pattern RAW = Pattern.compile("\\bkernel[.](RawCells|CpuSections|RcuCallbacks);");
    private static final Pattern KERNEL = Pattern.compile("\\bimplements\\b[^{]*\\bKernel\\b");

    @Test
    void scanFoundTheModules() {
        assertThat(mainSources()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(mainSources()).anyMatch(path -> path.endsWith("org/mmrace/kernel/Kernel.java"));
        assertThat(mainSources()).anyMatch(path -> path.endsWith("org/mmrace/cli/Main.java"));
        assertThat(SOURCES.keySet()).anyMatch(path -> path.endsWith("TidyTest.java"));
    }

    @Test
    void filesAreShort() {
        assertThat(offenders((path, text) -> text.lines().count() > LINES_MAX)).isEmpty();
    }

    @Test
    void linesAreShortAndWithoutTabs() {
        assertThat(offenders((path, text) -> text.indexOf('\t') >= 0)).isEmpty();
        assertThat(offenders((path, text) ->
                        text.lines().anyMatch(line -> line.codePointCount(0, line.length()) > COLUMNS_MAX)))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        List<Path> found = Stream.of(SOURCES, PAGES)
                .flatMap(files -> files.entrySet().stream())
                .filter(file -> LEFT_OVER.matcher(file.getValue()).find())
                .map(file -> ROOT.relativize(file.getKey()))
                .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<Path> packages = new TreeSet<>();
        mainSources().forEach(path -> packages.add(path.getParent()));
        assertThat(packages)
                .allSatisfy(dir -> assertThat(SOURCES.getOrDefault(dir.resolve("package-info.java"), ""))
                        .contains("@NullMarked"));
    }

    /** ArchUnit sees modifiers, but not a synchronized block. */
    @Test
    void modelHasNoMonitors() {
        assertThat(offenders((path, text) -> path.toString().contains("/org/mmrace/mm/")
                        && MONITOR.matcher(code(text)).find()))
                .isEmpty();
    }

    /** A third implementation doubles the cost of every verb for the life of the JVM. */
    @Test
    void atMostTwoKernels() {
        assertThat(offenders((path, text) -> KERNEL.matcher(code(text)).find())).hasSize(2);
    }

    /** What shared cells hold is reached through the verbs, which only the two kernels implement. */
    @Test
    void onlyKernelsLookInsideCells() {
        assertThat(offenders((path, text) -> RAW.matcher(code(text)).find()))
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactlyInAnyOrder(
                        "ControlledCells.java",
                        "ControlledContents.java",
                        "ControlledCpu.java",
                        "ControlledLocks.java",
                        "ControlledSections.java");
    }

    /** The other modules inherit it on their class path. */
    @Test
    void parserIsKnownToTheLanguageOnly() {
        assertThat(offenders((path, text) -> text.contains("import org." + "antlr.")))
                .isNotEmpty()
                .allMatch(path -> path.startsWith("scenario"));
    }

    private static List<Path> offenders(BiPredicate<Path, String> rule) {
        return mainSources().stream()
                .filter(path -> rule.test(path, SOURCES.getOrDefault(path, "")))
                .map(ROOT::relativize)
                .toList();
    }

    private static List<Path> mainSources() {
        return SOURCES.keySet().stream()
                .filter(path -> path.toString().contains("/src/main/java/"))
                .toList();
    }

    private static String code(String text) {
        return COMMENT.matcher(text).replaceAll(" ");
    }

    private static TreeMap<Path, String> read(String extension) {
        TreeMap<Path, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(ROOT)) {
            walk.filter(path -> path.toString().endsWith("." + extension))
                    .filter(TidyTest::isOurs)
                    .forEach(path -> files.put(path, text(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static boolean isOurs(Path path) {
        for (Path part : ROOT.relativize(path)) {
            String name = part.toString();
            if (name.startsWith(".") || NOT_OURS.contains(name)) {
                return false;
            }
        }
        return Files.isRegularFile(path);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }
}
