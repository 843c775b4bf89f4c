package org.mmrace.explore.linearize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.kernel.Task;

/**
 * Calls and returns in the order in which they happened. Not for several threads at a time: under a scheduler only one
 * task runs, and others must take turns.
 *
 * @param <O> an operation with its arguments
 * @param <V> what an operation gives
 */
public final class History<O, V> {
    /**
     * One operation of one task.
     *
     * @param <O> an operation with its arguments
     * @param <V> what an operation gives
     */
    public static final class Call<O, V> {
        private final int number;
        private final String task;
        private final O operation;
        private @Nullable V result;

        private Call(int number, String task, O operation) {
            this.number = number;
            this.task = task;
            this.operation = operation;
        }

        /** The place among the calls, from 0 on. */
        public int number() {
            return number;
        }

        /** What was called. */
        public O operation() {
            return operation;
        }

        /** What it gave; null while it has not returned. */
        public @Nullable V result() {
            return result;
        }

        @Override
        public String toString() {
            return task + ": " + operation + (result == null ? " has not returned" : " gave " + result);
        }
    }

    private final List<Call<O, V>> calls = new ArrayList<>();

    /** The number of a call when it begins, and ~number when it returns. */
    private final List<Integer> events = new ArrayList<>();

    /** An empty history. */
    public History() {}

    /** {@code task} calls {@code operation}. */
    public Call<O, V> call(String task, O operation) {
        Call<O, V> call = new Call<>(calls.size(), task, operation);
        calls.add(call);
        events.add(call.number);
        return call;
    }

    /**
     * {@code call} returns.
     *
     * @return {@code result}
     * @throws IllegalStateException when it has returned already
     */
    public V returned(Call<O, V> call, V result) {
        if (call.result != null) {
            throw new IllegalStateException(call + " already");
        }
        call.result = result;
        events.add(~call.number);
        return result;
    }

    /**
     * Runs {@code body} as the {@code operation} of {@code task} under control, and gives what it gives. The operation
     * is called when its first step happens and returns with its last one: as late and as early as may be, for so the
     * order of time says most.
     *
     * <p>Calls and returns are no steps. A strategy that shows one schedule for many that only differ in the order of
     * steps that commute, such as DPOR, does not show every order of calls and returns, unless these are made steps
     * that do not commute: writes of one cell.
     */
    public V perform(ControlledKernel kernel, Task task, O operation, Supplier<V> body) {
        List<Call<O, V>> begun = new ArrayList<>(1);
        kernel.atNextStep(() -> begun.add(call(task.toString(), operation)));
        V result = body.get();
        kernel.atNextStep(null);
        return returned(begun.isEmpty() ? call(task.toString(), operation) : begun.get(0), result);
    }

    /** All calls, in their order. */
    public List<Call<O, V>> calls() {
        return List.copyOf(calls);
    }

    List<Integer> events() {
        return events;
    }

    /** One line for each call and each return, in their order. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int event : events) {
            Call<O, V> call = calls.get(event < 0 ? ~event : event);
            text.append(call.task)
                    .append(event < 0 ? " returns " + call.result + " from " : " calls ")
                    .append(call.operation)
                    .append('\n');
        }
        return text.toString();
    }
}
