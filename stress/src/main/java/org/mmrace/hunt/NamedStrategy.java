package org.mmrace.hunt;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Pct;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.RandomWalk;

/**
 * A strategy as the command line names it.
 *
 * @param name such as {@code "pct:3"}
 * @param seeded whether another seed shows other executions
 * @param forBugs whether it looks for the simplest execution first, before it draws lots
 * @param maker makes one from a seed
 */
public record NamedStrategy(String name, boolean seeded, boolean forBugs, LongFunction<Strategy> maker) {
    /** What names look like. */
    public static final List<String> FORMS =
            List.of("random", "pct:DEPTH", "pos", "pb:PREEMPTIONS", "dfs", "one-after-another", "portfolio");

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?::([1-9][0-9]{0,3}|0))?");
    private static final int DEPTH = 3;
    private static final int PREEMPTIONS = 2;

    /** The strategy with this name, if there is one. */
    public static Optional<NamedStrategy> byName(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String number = form.group(2);
        return switch (form.group(1)) {
            case "pct" -> withNumber(text, number, DEPTH, true, depth -> seed -> new Pct(depth, seed));
            case "pb" -> withNumber(text, number, PREEMPTIONS, false, most -> seed -> DepthFirst.withPreemptions(most));
            default -> number == null ? plain(text) : Optional.empty();
        };
    }

    private static Optional<NamedStrategy> withNumber(
            String text, String number, int usual, boolean seeded, IntFunction<LongFunction<Strategy>> maker) {
        int value = number == null ? usual : Integer.parseInt(number);
        if (seeded && value < 1) {
            return Optional.empty();
        }
        return Optional.of(
                new NamedStrategy(number == null ? text + ":" + value : text, seeded, false, maker.apply(value)));
    }

    private static Optional<NamedStrategy> plain(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "random" -> new NamedStrategy(name, true, false, RandomWalk::new);
                    case "pos" -> new NamedStrategy(name, true, false, Pos::new);
                    case "dfs" -> new NamedStrategy(name, false, false, seed -> DepthFirst.all());
                    case "one-after-another" -> new NamedStrategy(name, false, false, seed -> new OneAfterAnother());
                    case "portfolio" -> new NamedStrategy(name, true, true, Portfolio::forBugs);
                    default -> null;
                });
    }

    @Override
    public String toString() {
        return name;
    }
}
