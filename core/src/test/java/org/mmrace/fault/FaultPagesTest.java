package org.mmrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault has a page, which says the same as its row in the catalogue. */
class FaultPagesTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", ".")).resolve("../docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

    private static final Pattern REFERENCE = Pattern.compile("\\b[0-9a-f]{12}\\b|CVE-[0-9-]+");

    /** How an origin begins that is no commit but code of the kernel. */
    private static final String DERIVED = "derived from ";

    /**
     * Papers that are not in the repository, and numbers of their sections and steps: {@code (5.2 G9)}, {@code rule
     * 4.2}.
     */
    private static final Pattern NOWHERE = Pattern.compile(
            "(kernel-semantics|kernel-lab|design|tooling|style|ux)\\.md|\\(\\d+\\.\\d+( [A-Z]\\d|,|\\))|\\b[Rr]ule [A-Z]?\\d");

    static Stream<Fault> documented() {
        return Stream.of(Fault.values()).filter(fault -> Files.exists(page(fault)));
    }

    /** Findings are about today's kernels, and have a folder of their own. */
    private static Path page(Fault fault) {
        String folder = fault.id().startsWith("F") ? "findings" : "faults";
        return DOCS.resolve(folder).resolve(fault.id() + ".md");
    }

    @Test
    void everyFaultHasAPage() {
        Set<Fault> without = EnumSet.allOf(Fault.class);
        documented().forEach(without::remove);
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void theHeaderAgreesWithTheCatalogue(Fault fault) throws IOException {
        List<String> lines = Files.readAllLines(page(fault));
        assertThat(lines.get(0)).startsWith("# " + fault.id() + ": ");
        assertThat(cell(lines, "origin")).isNotEmpty();
        references(fault).forEach(one -> assertThat(cell(lines, "origin")).contains(one));
        if (fault.origin().startsWith(DERIVED)) {
            assertThat(cell(lines, "origin")).isEqualTo(fault.origin());
        }
        assertThat(cell(lines, "status")).isNotEmpty();
        assertThat(cell(lines, "needs")).isEqualTo(fault.tasks() + (fault.tasks() == 1 ? " task" : " tasks"));
        assertThat(cell(lines, "caught by")).isEqualTo(String.join(", ", fault.caughtBy()));
        assertThat(cell(lines, "scenario")).startsWith("[scenarios/" + fault.id() + ".scn]");
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aReaderCanFollowEveryReference(Fault fault) throws IOException {
        assertThat(fault.origin()).doesNotContainPattern(NOWHERE).isNotEqualTo("rule");
        assertThat(Files.readString(page(fault))).doesNotContainPattern(NOWHERE);
    }

    /** The commits and CVEs that it comes from. */
    private static List<String> references(Fault fault) {
        return REFERENCE
                .matcher(fault.origin())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String cell(List<String> lines, String name) {
        String start = "| " + name + " | ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length(), line.lastIndexOf(" |")))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @MethodSource("documented")
    void theLinksResolve(Fault fault) throws IOException {
        Path page = page(fault);
        assertThat(brokenLinks(page)).isEmpty();
    }

    @Test
    void theListOfAllFaultsHasTheirPagesAndTitles() throws IOException {
        String list = Files.readString(DOCS.resolve("faults.md"));
        for (Fault fault : Fault.values()) {
            assertThat(list)
                    .contains(
                            "| [" + fault.id() + "](" + DOCS.relativize(page(fault)) + ") | " + fault.title() + " |\n");
        }
        assertThat(brokenLinks(DOCS.resolve("faults.md"))).isEmpty();
    }

    private static List<String> brokenLinks(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        return link.results()
                .map(match -> match.group(1))
                .filter(target -> !target.contains("://"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .toList();
    }
}
