package org.mmrace.explore.choose;

import java.util.List;
import java.util.stream.Collectors;
import org.mmrace.explore.Strategy;
import org.mmrace.script.Nearest;

/**
 * A strategy as one writes it, such as {@code "pct:3"} or {@code "dfs"}.
 *
 * @param kind which one
 * @param parameter the number of its name; {@link Parameter#NONE} when it has none
 */
public record StrategyName(StrategyKind kind, int parameter) {
    /** What to look for bugs with. */
    public static final StrategyName DEFAULT = parse("portfolio");

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException with what was expected, and what was perhaps meant
     */
    public static StrategyName parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        StrategyKind kind = StrategyKind.byWord(word).orElseThrow(() -> unknown(word));
        Parameter parameter = kind.parameter();
        if (colon < 0) {
            return new StrategyName(kind, parameter == null ? Parameter.NONE : parameter.ifAbsent());
        }
        if (parameter == null) {
            throw new IllegalArgumentException("strategy " + word + " takes no number: " + text);
        }
        return new StrategyName(kind, number(text, text.substring(colon + 1), parameter));
    }

    private static int number(String text, String digits, Parameter parameter) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= parameter.least() && number <= parameter.most()) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(text, digits, parameter), e);
        }
        throw new IllegalArgumentException(expected(text, digits, parameter));
    }

    private static String expected(String text, String digits, Parameter parameter) {
        return "strategy " + text + ": expected " + parameter + " for " + parameter.letter() + ", not '" + digits + "'";
    }

    private static IllegalArgumentException unknown(String word) {
        List<String> known = StrategyKind.all().stream().map(StrategyKind::word).toList();
        String near = Nearest.to(word, known);
        String all = StrategyKind.all().stream().map(StrategyKind::synopsis).collect(Collectors.joining(", "));
        return new IllegalArgumentException("unknown strategy '" + word + "'; "
                + (near == null ? "there are " + all : "did you mean " + near + "?"));
    }

    /** A strategy of this name; what draws lots draws those of {@code seed}. */
    public Strategy make(long seed) {
        return kind.make(seed, parameter);
    }

    /** What it means when such a strategy has shown all that it can show. */
    public Coverage coverage() {
        return kind.coverage(parameter);
    }

    /** Whether the executions of such a strategy are drawn by lot, so that frequencies mean something. */
    public boolean drawsLots() {
        return coverage() == Coverage.LOTS;
    }

    @Override
    public String toString() {
        return parameter == Parameter.NONE ? kind.word() : kind.word() + ":" + parameter;
    }
}
