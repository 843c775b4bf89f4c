package org.mmrace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of invariants is complete, and {@code docs/invariants.md} says the same as it. */
class InvariantTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");

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
        if (invariant.how().contains(Invariant.How.LATER)) {
            assertThat(invariant.how()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void documented(Invariant invariant) throws IOException {
        String row = row(invariant);
        assertThat(row).contains("| " + invariant.rule() + " |");
        assertThat(row).contains("| " + invariant.how().toString().replaceAll("[\\[\\]]", "") + " |");
        boolean later = invariant.how().equals(List.of(Invariant.How.LATER));
        assertThat(TEST.matcher(row).find()).isEqualTo(!later);
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void testsExist(Invariant invariant) throws IOException {
        Matcher test = TEST.matcher(row(invariant));
        while (test.find()) {
            assertThat(source(test.group(1))).contains("void " + test.group(2) + "(");
        }
    }

    @Test
    void foundById() {
        assertThat(Invariant.byId("i07")).contains(Invariant.I07);
        assertThat(Invariant.byId("I38")).isEmpty();
    }

    private static String row(Invariant invariant) throws IOException {
        String start = "| " + invariant + " |";
        return Files.readAllLines(BASE.resolve("../docs/invariants.md")).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
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
