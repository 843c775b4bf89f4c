package org.mmrace.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Collects the problems of one file. */
final class Report {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    Report(String file) {
        this.file = file;
    }

    /** Something is wrong at {@code token}; the first problem of a line counts, the others mostly follow from it. */
    void at(Token token, String message) {
        at(token.getLine(), token.getCharPositionInLine() + 1, message);
    }

    void at(int line, int column, String message) {
        if (problems.stream().noneMatch(problem -> problem.line() == line)) {
            problems.add(new Problem(file, line, column, message));
        }
    }

    /** The word at {@code token} is none of {@code known}. */
    void unknown(Token token, String what, Collection<String> known) {
        String word = token.getText();
        String near = Nearest.to(word, known);
        String hint = near != null
                ? "; did you mean '" + near + "'?"
                : known.isEmpty() || known.size() > 20 ? "" : "; there are " + String.join(", ", known);
        at(token, "no " + what + " '" + word + "'" + hint);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
