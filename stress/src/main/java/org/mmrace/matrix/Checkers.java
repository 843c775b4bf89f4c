package org.mmrace.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mmrace.explore.choose.StrategyKind;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.verify.VerifyException;

/** The columns of a matrix by name: those of {@link CheckerKind}, and the strategies of the explorer. */
public final class Checkers {
    /** What the explorer is measured with, as far as there is such a strategy; round robin and dfs seldom get far. */
    private static final List<String> STRATEGIES =
            List.of("random", "pct", "pos", "urw", "surw", "pb", "dpor", "optimal", "portfolio");

    private Checkers() {}

    /** The strategies that are columns by default. */
    public static List<String> strategies() {
        List<String> known = StrategyKind.all().stream().map(StrategyKind::word).toList();
        return STRATEGIES.stream()
                .filter(known::contains)
                .map(word -> StrategyName.parse(word).toString())
                .toList();
    }

    /** All names that are columns by default. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        Arrays.stream(CheckerKind.values()).map(CheckerKind::term).forEach(names::add);
        names.addAll(strategies());
        return names;
    }

    /**
     * Checks a name.
     *
     * @return as tables spell it
     * @throws IllegalArgumentException when there is no such checker; the message says what there is
     */
    public static String parse(String text) {
        Optional<CheckerKind> kind = kind(text);
        if (kind.isPresent()) {
            return kind.get().term();
        }
        try {
            return StrategyName.parse(text).toString();
        } catch (IllegalArgumentException e) {
            String others = String.join(
                    ", ", Stream.of(CheckerKind.values()).map(CheckerKind::term).toList());
            throw new IllegalArgumentException(e.getMessage() + "; other checkers are " + others, e);
        }
    }

    private static Optional<CheckerKind> kind(String text) {
        return Stream.of(CheckerKind.values())
                .filter(kind -> kind.term().equalsIgnoreCase(text))
                .findFirst();
    }

    /**
     * Makes one.
     *
     * @param name as {@link #parse} gave it
     * @param scenarios of the faults
     * @throws VerifyException when what it needs is not built or not installed
     * @throws IOException when its directory cannot be written
     */
    public static FaultChecker open(String name, CheckerKind.Setting setting, FaultScenarios scenarios)
            throws VerifyException, IOException {
        Optional<CheckerKind> kind = kind(name);
        return kind.isPresent()
                ? kind.get().open(setting, scenarios)
                : new StrategyChecker(scenarios, StrategyName.parse(name), Long.MAX_VALUE);
    }
}
