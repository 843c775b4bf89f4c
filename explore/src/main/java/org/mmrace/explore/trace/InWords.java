package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.TraceStep.HandOver;
import org.mmrace.explore.trace.TraceStep.Why;
import org.mmrace.script.KernelFunctions;
import org.mmrace.script.StepPattern;
import org.mmrace.script.Turn;

/**
 * Says in kernel words who ran when, as an interleaving that scenarios can bring: {@code a until cmpxchg in
 * try_dup_anon_rmap}. Means the same to people, and still does when the model has changed elsewhere.
 */
public final class InWords {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Trace trace;
    private final List<Turn> turns = new ArrayList<>();

    /** The tasks that stand at the step where their last turn ended, which their next one does not count. */
    private final Set<Integer> stopped = new HashSet<>();

    private InWords(Trace trace) {
        this.trace = trace;
    }

    /**
     * The interleaving of a run; empty if a place where a task was left has no words. Whoever uses it should see
     * whether it leads to the same.
     */
    public static Optional<List<Turn>> of(Trace trace) {
        InWords words = new InWords(trace);
        return words.all() ? Optional.of(words.turns) : Optional.empty();
    }

    private boolean all() {
        List<TraceStep> steps = trace.steps();
        int from = 0;
        for (int i = 0; i < steps.size(); i++) {
            HandOver handOver = steps.get(i).handOver();
            if (handOver != null) {
                Turn turn = turn(handOver, steps.subList(from, i), i);
                if (turn == null) {
                    return false;
                }
                turns.add(turn);
                from = i;
            }
        }
        if (turns.isEmpty() && !steps.isEmpty()) {
            turns.add(Turn.toEnd(name(steps.get(0).task())));
        }
        return true;
    }

    private @Nullable Turn turn(HandOver handOver, List<TraceStep> made, int next) {
        int task = handOver.from();
        String name = name(task);
        if (handOver.why() == Why.FINISHED) {
            return Turn.toEnd(name);
        }
        TraceStep stands = trace.steps().stream()
                .skip(next)
                .filter(step -> step.task() == task)
                .findFirst()
                .orElse(null);
        String function = stands == null ? null : function(stands);
        if (stands == null || function == null) {
            return null;
        }
        StepPattern pattern = StepPattern.parse(List.of(stands.verb().word(), "in", function));
        boolean skipsFirst = !stopped.add(task);
        long seen = made.stream()
                .skip(skipsFirst ? 1 : 0)
                .filter(step -> pattern.describes(step.verb(), null, functions(step)))
                .count();
        List<String> words = new ArrayList<>(List.of(stands.verb().word(), "in", function));
        if (seen > 0) {
            words.add(Long.toString(seen + 1));
        }
        return Turn.until(name, words);
    }

    private String name(int task) {
        return trace.scenario().tasks().get(task).name();
    }

    /** That of the line that says most; of a lambda in it, which has no name to write, the function around it. */
    private static @Nullable String function(TraceStep step) {
        String most = step.line().orElse("");
        return step.source().stream()
                .dropWhile(line -> !line.equals(most))
                .map(InWords::method)
                .filter(name -> NAME.matcher(name).matches() && KernelFunctions.isKnown(name))
                .findFirst()
                .map(InWords::kernelCase)
                .orElse(null);
    }

    private static String method(String line) {
        return line.substring(0, line.indexOf('('));
    }

    private static List<String> functions(TraceStep step) {
        return step.source().stream().map(InWords::method).toList();
    }

    /** {@code tryDupAnonRmap} is {@code try_dup_anon_rmap}. */
    private static String kernelCase(String method) {
        return method.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
