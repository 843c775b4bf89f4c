package org.mmrace.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.mmrace.op.PageSpec;

/** The names of one scenario: each means one thing. */
final class Names {
    /** What a name means. */
    enum Kind {
        FILE,
        PAGE,
        PROCESS,
        VMA,
        TASK,
        RESULT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Report report;
    private final Map<String, Kind> kinds = new LinkedHashMap<>(Map.of(PageSpec.ZEROPAGE, Kind.PAGE));
    private final Map<String, Integer> sizes = new LinkedHashMap<>();

    Names(Report report) {
        this.report = report;
    }

    void declare(Token token, Kind kind) {
        Kind before = kinds.putIfAbsent(token.getText(), kind);
        if (before != null) {
            complainOfTaken(token, before);
        }
    }

    /** Says that {@code token} is the name of a {@code kind} already. */
    void complainOfTaken(Token token, Kind kind) {
        report.at(token, "'" + token.getText() + "' is the name of a " + kind.word() + " already");
    }

    /** Knows a name of a line that cannot be read. */
    void assume(String name, Kind kind) {
        kinds.putIfAbsent(name, kind);
    }

    /** How many pages a VMA or file has. */
    void size(String name, int pages) {
        sizes.put(name, pages);
    }

    int size(String name) {
        return sizes.getOrDefault(name, Integer.MAX_VALUE);
    }

    boolean is(String name, Kind kind) {
        return kinds.get(name) == kind;
    }

    List<String> all(Kind kind) {
        return kinds.keySet().stream().filter(name -> is(name, kind)).toList();
    }

    /** Complains unless {@code token} is the name of a {@code kind}; whether it is. */
    boolean require(Token token, Kind kind) {
        if (is(token.getText(), kind)) {
            return true;
        }
        Kind other = kinds.get(token.getText());
        if (other != null) {
            report.at(token, "expected a " + kind.word() + ", and '" + token.getText() + "' is a " + other.word());
        } else {
            report.unknown(token, kind.word(), all(kind));
        }
        return false;
    }
}
