package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mmrace.explore.Access;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.TaskPool;

/**
 * The traces of a program that a strategy shows: for each, what happens before each event of each task, as vector
 * clocks, and how the execution ended. Computed by comparing all pairs of steps, so that it shares nothing with the
 * reductions but the steps.
 */
final class Traces {
    /** One instance of a program. */
    interface Instance {
        ControlledKernel kernel();

        List<TaskBody> tasks();

        /** What it has come to. */
        String state();
    }

    private record Event(int task, List<Access> accesses, int[] clock) {}

    /** A strategy whose steps are written down. */
    private record Watched(Strategy strategy, List<Event> events) implements Strategy {
        @Override
        public void begin() {
            strategy.begin();
        }

        @Override
        public boolean stops(Choice choice) {
            return strategy.stops(choice);
        }

        @Override
        public int pick(Choice choice) {
            return strategy.pick(choice);
        }

        @Override
        public void step(Choice choice, int picked) {
            strategy.step(choice, picked);
            Step step = choice.enabled(picked);
            List<Access> accesses = new ArrayList<>(step.further());
            Object object = step.object();
            if (object != null) {
                accesses.add(new Access(object, step.index(), step.writes()));
            }
            events.add(new Event(step.number(), accesses, new int[choice.tasks()]));
        }

        @Override
        public void touched(Object object, int index, boolean writes) {
            strategy.touched(object, index, writes);
            events.get(events.size() - 1).accesses.add(new Access(object, index, writes));
        }

        @Override
        public void stuck(Choice choice) {
            strategy.stuck(choice);
        }

        @Override
        public void complete(Choice choice) {
            strategy.complete(choice);
        }
    }

    private final Map<String, Integer> counts = new TreeMap<>();
    private long executions;
    private long redundant;
    private boolean complete;

    private Traces() {}

    /** How often each trace was shown. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** How many executions there were, without redundant ones. */
    long executions() {
        return executions;
    }

    long redundant() {
        return redundant;
    }

    /** Whether the strategy said that there are no more. */
    boolean complete() {
        return complete;
    }

    /** Lets {@code strategy} show all that it can, within so many executions. */
    static Traces of(TaskPool pool, Supplier<? extends Instance> program, Strategy strategy, long executionsMax) {
        return pool.drive(() -> {
            Traces traces = new Traces();
            boolean more = true;
            while (more && traces.executions + traces.redundant < executionsMax) {
                traces.run(pool, program.get(), strategy);
                more = strategy.end();
            }
            traces.complete = !more;
            return traces;
        });
    }

    private void run(TaskPool pool, Instance instance, Strategy strategy) {
        List<Event> events = new ArrayList<>();
        Ending ending = new Execution(instance.kernel(), pool, new Watched(strategy, events)).run(instance.tasks());
        if (ending.failure() != null) {
            throw new AssertionError("failed", ending.failure());
        }
        if (ending.how() == How.REDUNDANT) {
            redundant++;
            return;
        }
        executions++;
        StringBuilder text = new StringBuilder(ending.how().word() + " " + instance.state());
        for (int i = 0; i < events.size(); i++) {
            order(events, i);
        }
        for (int task = 0; task < instance.tasks().size(); task++) {
            text.append("\n");
            for (Event event : events) {
                if (event.task == task) {
                    text.append(Arrays.toString(event.clock));
                }
            }
        }
        counts.merge(text.toString(), 1, Integer::sum);
    }

    private static void order(List<Event> events, int i) {
        Event event = events.get(i);
        for (Event earlier : events.subList(0, i)) {
            if (event.task == earlier.task || conflict(event.accesses, earlier.accesses)) {
                for (int task = 0; task < event.clock.length; task++) {
                    event.clock[task] = Math.max(event.clock[task], earlier.clock[task]);
                }
            }
        }
        event.clock[event.task]++;
    }

    private static boolean conflict(List<Access> some, List<Access> others) {
        for (Access one : some) {
            for (Access other : others) {
                if (one.object() == other.object()
                        && one.index() == other.index()
                        && (one.writes() || other.writes())) {
                    return true;
                }
            }
        }
        return false;
    }
}
