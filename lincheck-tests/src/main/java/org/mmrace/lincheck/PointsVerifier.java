package org.mmrace.lincheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Compares executions with a {@link PointsSpecification}: searches for an order of all points that gives the results
 * seen. Used by Lincheck in the place of its own verifier, which knows one point per operation only.
 */
public final class PointsVerifier extends CachedVerifier {
    private final Class<?> specification;

    /** Called by Lincheck with the specification, which has a constructor without parameters. */
    public PointsVerifier(Class<?> specification) {
        this.specification = specification;
    }

    @Override
    public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
        return new Search(scenario, results).explains(initial());
    }

    private PointsSpecification initial() {
        try {
            var constructor = specification.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (PointsSpecification) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(specification + " cannot be made", e);
        }
    }

    /** A beginning of an order: the state that it leads to, and how far each thread has come. */
    private static final class Order {
        private final PointsSpecification state;
        private final int[] done;
        private final Pending[] pending;

        Order(PointsSpecification state, int threads) {
            this(state, new int[threads], new Pending[threads]);
            Arrays.setAll(pending, thread -> new Pending());
        }

        private Order(PointsSpecification state, int[] done, Pending[] pending) {
            this.state = state;
            this.done = done;
            this.pending = pending;
        }

        Order copy() {
            Pending[] copies = pending.clone();
            Arrays.setAll(copies, thread -> pending[thread].copy());
            return new Order(state.copy(), done.clone(), copies);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Order order
                    && Arrays.equals(done, order.done)
                    && Arrays.equals(pending, order.pending)
                    && state.equals(order.state);
        }

        @Override
        public int hashCode() {
            return Objects.hash(state, Arrays.hashCode(done), Arrays.hashCode(pending));
        }
    }

    /** The search in one execution. */
    private static final class Search {
        private final List<List<Actor>> actors;
        private final List<List<ResultWithClock>> results;
        private final Set<Order> seen = new HashSet<>();

        Search(ExecutionScenario scenario, ExecutionResult results) {
            this.actors = scenario.getThreads();
            this.results = results.getThreadsResultsWithClock();
        }

        boolean explains(PointsSpecification initial) {
            List<Order> open = new ArrayList<>();
            open.add(new Order(initial, actors.size()));
            while (!open.isEmpty()) {
                Order order = open.remove(open.size() - 1);
                if (isComplete(order)) {
                    return true;
                }
                if (seen.add(order)) {
                    for (int thread = 0; thread < actors.size(); thread++) {
                        addNext(order, thread, open);
                    }
                }
            }
            return false;
        }

        private boolean isComplete(Order order) {
            for (int thread = 0; thread < actors.size(); thread++) {
                if (order.done[thread] < actors.get(thread).size()) {
                    return false;
                }
            }
            return true;
        }

        /** Whether every operation that had returned before this thread's next one was called has all its points. */
        private boolean mayGoOn(Order order, int thread) {
            int index = order.done[thread];
            if (index == actors.get(thread).size()) {
                return false;
            }
            var clock = results.get(thread).get(index).getClockOnStart();
            for (int other = 0; other < actors.size(); other++) {
                if (order.done[other] < clock.get(other)) {
                    return false;
                }
            }
            return true;
        }

        private void addNext(Order order, int thread, List<Order> open) {
            if (!mayGoOn(order, thread)) {
                return;
            }
            int index = order.done[thread];
            Actor actor = actors.get(thread).get(index);
            String operation = actor.getMethod().getName();
            for (int alternative = 0; alternative < order.state.alternatives(operation); alternative++) {
                Order next = order.copy();
                Object result = next.state.point(operation, actor.getArguments(), next.pending[thread], alternative);
                if (result == PointsSpecification.MORE) {
                    open.add(next);
                } else if (result != PointsSpecification.BLOCKED
                        && isResult(result, results.get(thread).get(index))) {
                    next.done[thread]++;
                    next.pending[thread] = new Pending();
                    open.add(next);
                }
            }
        }

        private static boolean isResult(Object expected, ResultWithClock seen) {
            LincheckResult result = seen.getResult();
            return result instanceof ValueResult value && Objects.equals(value.getValue(), expected);
        }
    }
}
