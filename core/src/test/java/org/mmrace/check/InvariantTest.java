package org.mmrace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of invariants is complete, and {@code docs/invariants.md} says the same as it. */
class InvariantTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");
    private static final int RULE = 1;
    private static final int CHECKED_BY = 2;
    private static final int FIRES_IN = 4;
    private static final int STAYS_SILENT_IN = 5;

    @Test
    void numberedWithoutGaps() {
        Invariant[] all = Invariant.values();
        assertThat(all).hasSize(37);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i].name()).isEqualTo("I%02d", i + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void hasRuleAndCheck(Invariant invariant) {
        assertThat(invariant.rule()).isNotBlank().doesNotEndWith(".");
        assertThat(invariant.how()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void documented(Invariant invariant) throws IOException {
        List<String> row = row(invariant);
        assertThat(row.get(RULE)).isEqualTo(invariant.rule());
        assertThat(row.get(CHECKED_BY)).isEqualTo(invariant.how().toString().replaceAll("[\\[\\]]", ""));
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void firesInATest(Invariant invariant) throws IOException {
        assertTestsExist(row(invariant).get(FIRES_IN));
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void staysSilentInATest(Invariant invariant) throws IOException {
        assertTestsExist(row(invariant).get(STAYS_SILENT_IN));
    }

    private static void assertTestsExist(String cell) throws IOException {
        List<MatchResult> tests = TEST.matcher(cell).results().toList();
        assertThat(tests).isNotEmpty();
        for (MatchResult test : tests) {
            assertThat(source(test.group(1))).contains("@Test\n    void " + test.group(2) + "(");
        }
    }

    @Test
    void foundById() {
        assertThat(Invariant.byId("i07")).contains(Invariant.I07);
        assertThat(Invariant.byId("I38")).isEmpty();
    }

    /** The cells of the invariant's row, from its id on. */
    private static List<String> row(Invariant invariant) throws IOException {
        String start = "| " + invariant + " |";
        String line = Files.readAllLines(BASE.resolve("../docs/invariants.md")).stream()
                .filter(candidate -> candidate.startsWith(start))
                .findFirst()
                .orElseThrow();
        List<String> cells = List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
        assertThat(cells).hasSize(STAYS_SILENT_IN + 1);
        return cells;
    }

    private static String source(String type) throws IOException {
        for (String room : List.of("mm", "check")) {
            Path path = BASE.resolve("src/test/java/org/mmrace/" + room + "/" + type + ".java");
            if (Files.exists(path)) {
                return Files.readString(path);
            }
        }
        return "";
    }
}
