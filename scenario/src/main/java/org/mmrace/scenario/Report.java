package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.mmrace.script.Nearest;

/** Collects the problems of one file. */
final class Report {
    /** So many problems of one file are shown. */
    static final int SHOWN = 20;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Integer> lines = new HashSet<>();

    Report(String file) {
        this.file = file;
    }

    /** Something is wrong at {@code token}; the first problem of a line counts, the others mostly follow from it. */
    void at(Token token, String message) {
        at(token.getLine(), token.getCharPositionInLine() + 1, message);
    }

    void at(int line, int column, String message) {
        if (lines.add(line)) {
            problems.add(new Problem(file, line, column, message));
        }
    }

    /** The word at {@code token} is none of {@code known}. */
    void unknown(Token token, String what, Collection<String> known) {
        unknown(
                token,
                what,
                known,
                known.isEmpty() || known.size() > 20 ? "" : "; there are " + String.join(", ", known));
    }

    /** The same, with what else to say when none of {@code known} is similar. */
    void unknown(Token token, String what, Collection<String> known, String otherwise) {
        String word = token.getText();
        String near = Nearest.to(word, known);
        String hint = near != null ? "; did you mean '" + near + "'?" : otherwise;
        at(token, "no " + what + " '" + word + "'" + hint);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** The first {@link #SHOWN} in the order of the lines, and how many more there are. */
    List<Problem> sorted() {
        List<Problem> sorted = problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
        if (sorted.size() <= SHOWN) {
            return sorted;
        }
        List<Problem> shown = new ArrayList<>(sorted.subList(0, SHOWN));
        Problem next = sorted.get(SHOWN);
        shown.add(
                new Problem(file, next.line(), next.column(), "and " + (sorted.size() - SHOWN) + " more from here on"));
        return shown;
    }
}
