package org.mmrace.explore.choose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.dpor.SourceDpor;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.Pct;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.strategy.RoundRobin;
import org.mmrace.explore.strategy.StateSearch;
import org.mmrace.explore.strategy.Surw;
import org.mmrace.explore.strategy.Urw;

/** THE TABLE of strategies: what each is called on the command line, what it covers, and how it is made. Immutable. */
public final class StrategyKind {
    private static final List<StrategyKind> TABLE = new ArrayList<>();
    private static final Parameter FIRST = new Parameter("T", 1, Schedule.TASKS_MAX - 1, Parameter.NONE);

    static {
        // In the order in which help shows them.
        plain("portfolio", Coverage.LOTS, "random 40 %, pos 30 %, pct:2 to pct:5 20 %, urw 10 %", Portfolio::forBugs);
        plain("random", Coverage.LOTS, "at each step each task is as likely as the others", RandomWalk::new);
        numbered(
                "pct",
                new Parameter("D", 1, Pct.DEPTH_MAX, 3),
                Coverage.LOTS,
                "random priorities that drop at D - 1 random moments",
                (seed, depth) -> new Pct(depth, seed));
        plain("pos", Coverage.LOTS, "random priorities of steps, drawn again for those that race", Pos::new);
        plain("urw", Coverage.LOTS, "a task is as likely as it has steps left", Urw::new);
        plain("surw", Coverage.LOTS, "as urw, for the steps at one shared place, then the next one", Surw::new);
        numbered(
                "rr",
                new Parameter("K", 1, Integer.MAX_VALUE, Parameter.NONE),
                Coverage.SOME,
                "round robin, K steps each; without K all quanta",
                (seed, quantum) -> quantum == Parameter.NONE ? RoundRobin.ofAllQuanta() : RoundRobin.of(quantum));
        numbered(
                "pb",
                new Parameter("C", 0, Integer.MAX_VALUE, Parameter.NONE),
                Coverage.BOUNDED,
                "all schedules with 0, 1, 2 ... C preemptions; without C all",
                (seed, most) -> most == Parameter.NONE ? PreemptionBounded.unlimited() : PreemptionBounded.upTo(most));
        numbered(
                "dpor",
                FIRST,
                Coverage.ALL,
                "all traces: source-DPOR with sleep sets; with T from task T on, not 0",
                (seed, first) -> new SourceDpor(Math.max(first, 0)));
        numbered(
                "optimal",
                FIRST,
                Coverage.ALL,
                "all traces, each once: optimal DPOR; with T from task T on",
                (seed, first) -> new OptimalDpor(Math.max(first, 0)));
        plain("dfs", Coverage.ALL, "all schedules, depth first", seed -> DepthFirst.all());
        numbered(
                "states",
                new Parameter("C", 0, Integer.MAX_VALUE, Parameter.NONE),
                Coverage.BOUNDED,
                "all states, each once; with C those within 0, 1, 2 ... C preemptions",
                (seed, most) -> most == Parameter.NONE ? StateSearch.all() : PreemptionBounded.statesUpTo(most));
    }

    /** Makes the strategies of one kind. */
    private interface Factory {
        Strategy make(long seed, int number);
    }

    private final String word;
    private final @Nullable Parameter parameter;
    private final Coverage coverage;
    private final String description;
    private final Factory factory;

    private StrategyKind(
            String word, @Nullable Parameter parameter, Coverage coverage, String description, Factory factory) {
        this.word = word;
        this.parameter = parameter;
        this.coverage = coverage;
        this.description = description;
        this.factory = factory;
    }

    private static void plain(String word, Coverage coverage, String description, LongFunction<Strategy> factory) {
        TABLE.add(new StrategyKind(word, null, coverage, description, (seed, none) -> factory.apply(seed)));
    }

    private static void numbered(
            String word, Parameter parameter, Coverage coverage, String description, Factory factory) {
        TABLE.add(new StrategyKind(word, parameter, coverage, description, factory));
    }

    /** All, the default first. */
    public static List<StrategyKind> all() {
        return Collections.unmodifiableList(TABLE);
    }

    /** The one that is called {@code word}. */
    static Optional<StrategyKind> byWord(String word) {
        return TABLE.stream().filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** What the command line calls it, without a number. */
    public String word() {
        return word;
    }

    /** The number that the name may end with; null when there is none. */
    public @Nullable Parameter parameter() {
        return parameter;
    }

    /** What one line of help says. */
    public String description() {
        return description;
    }

    /** How to write it, such as {@code "pct:D"}. */
    public String synopsis() {
        return parameter == null ? word : word + ":" + parameter.letter();
    }

    /** What it means when a strategy of this kind, of which {@code number} is the number, has shown everything. */
    Coverage coverage(int number) {
        return coverage == Coverage.BOUNDED && number == Parameter.NONE ? Coverage.ALL : coverage;
    }

    Strategy make(long seed, int number) {
        return factory.make(seed, number);
    }

    @Override
    public String toString() {
        return word;
    }
}
