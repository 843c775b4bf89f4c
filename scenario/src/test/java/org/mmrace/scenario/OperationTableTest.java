package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.op.ArgKind;
import org.mmrace.op.OpKind;

/** The table of operations in docs/scenarios.md. */
class OperationTableTest {
    private static final Path PAGE = Path.of("../docs/scenarios.md");

    static Collection<OpKind> operations() {
        return OpKind.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void hasEachOperationWithItsArguments(OpKind kind) throws IOException {
        String arguments = kind.args().stream().map(OperationTableTest::words).collect(Collectors.joining("; "));
        String start = "| `" + kind.name() + "` | " + (arguments.isEmpty() ? "none" : arguments) + " | ";
        assertThat(rows()).filteredOn(row -> row.startsWith(start)).hasSize(1);
    }

    @Test
    void hasNoOther() throws IOException {
        assertThat(rows()).hasSameSizeAs(OpKind.all());
    }

    private static String words(ArgKind kind) {
        return kind.expected().replace("|", "\\|") + (kind.optional() ? " (or nothing)" : "");
    }

    private static List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int head = lines.indexOf("| operation | arguments | does and gives |");
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
