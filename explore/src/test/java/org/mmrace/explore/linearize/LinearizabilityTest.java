package org.mmrace.explore.linearize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.linearize.History.Call;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** A history is explained if and only if some order in time of its operations is what the specification allows. */
class LinearizabilityTest {
    private static final TaskPool POOL = new TaskPool();

    /** A register: w1 writes 1 and gives 0, r gives what is in it. */
    private static final Specification<Integer, String, Integer> REGISTER = new Specification<>() {
        @Override
        public List<Integer> after(Integer state, String operation, Integer result) {
            if (operation.equals("r")) {
                return result.equals(state) ? List.of(state) : List.of();
            }
            return afterAny(state, operation);
        }

        @Override
        public List<Integer> afterAny(Integer state, String operation) {
            return operation.equals("r") ? List.of(state) : List.of(Integer.valueOf(operation.substring(1)));
        }
    };

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** {@code "a:w1 a=0"}: a calls w1, which gives 0. */
    private static History<String, Integer> history(String text) {
        History<String, Integer> history = new History<>();
        Map<String, Call<String, Integer>> open = new HashMap<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            String task = word.substring(0, 1);
            if (word.charAt(1) == ':') {
                open.put(task, history.call(task, word.substring(2)));
            } else {
                Call<String, Integer> call = Objects.requireNonNull(open.remove(task), task);
                history.returned(call, Integer.valueOf(word.substring(2)));
            }
        }
        return history;
    }

    private static boolean explains(String text) {
        return new Linearizability<>(0, REGISTER).explains(history(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a:r a=0",
                "a:w1 a=0 b:r b=1",
                "a:w1 b:r b=0 a=0",
                "a:w1 b:r b=1 a=0",
                "a:w1 b:r b=0 b:r b=1 a=0",
                "a:w1 b:w2 c:r c=2 c:r c=1 a=0 b=0",
                "a:w1 b:w2 a=0 b=0 c:r d:r c=1 d=1",
                "a:w1 b:r b=1", // has not returned, and has written
                "a:w1 b:r b=0", // and has not
                "a:w1 b:r b=0 b:r b=1",
            })
    void isExplained(String text) {
        assertThat(explains(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:r a=1",
                "a:w1 a=0 b:r b=0",
                "a:w1 b:r b=1 b:r b=0 a=0",
                "a:w1 b:w2 a=0 b=0 c:r c=1 c:r c=2",
                "a:w1 b:w2 a=0 b=0 c:r d:r c=1 d=2",
                "a:w1 b:r b=1 b:r b=0",
                "a:w1 a=0 b:w2 b=0 c:r c=1",
            })
    void isNotExplained(String text) {
        assertThat(explains(text)).isFalse();
    }

    /** Every order of the calls that time allows, one after the other. */
    private static boolean bruteForce(List<Call<String, Integer>> left, List<Integer> events, int state) {
        if (left.isEmpty()) {
            return true;
        }
        for (Call<String, Integer> next : left) {
            boolean first = left.stream()
                    .noneMatch(
                            other -> other != next && events.indexOf(~other.number()) < events.indexOf(next.number()));
            Integer result = next.result();
            if (first && result != null) {
                List<Call<String, Integer>> rest = new ArrayList<>(left);
                rest.remove(next);
                for (int after : REGISTER.after(state, next.operation(), result)) {
                    if (bruteForce(rest, events, after)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Test
    @DisplayName("Of 3,000 random histories exactly those are explained for which trying all orders finds one")
    void agreesWithBruteForce() {
        SplittableRandom random = new SplittableRandom(1);
        int explained = 0;
        for (int i = 0; i < 3_000; i++) {
            History<String, Integer> history = randomHistory(random);
            boolean expected = bruteForce(history.calls(), history.events(), 0);
            assertThat(new Linearizability<>(0, REGISTER).explains(history))
                    .as(history.toString())
                    .isEqualTo(expected);
            explained += expected ? 1 : 0;
        }
        assertThat(explained).isBetween(300, 2_700);
    }

    private static History<String, Integer> randomHistory(SplittableRandom random) {
        History<String, Integer> history = new History<>();
        List<Call<String, Integer>> open = new ArrayList<>();
        int toCall = 5;
        while (toCall > 0 || !open.isEmpty()) {
            if (toCall > 0 && open.size() < 3 && random.nextBoolean()) {
                String operation = random.nextBoolean() ? "r" : "w" + (1 + random.nextInt(2));
                open.add(history.call("task" + toCall--, operation));
            } else if (!open.isEmpty()) {
                Call<String, Integer> call = open.remove(random.nextInt(open.size()));
                history.returned(call, call.operation().equals("r") ? random.nextInt(3) : 0);
            }
        }
        return history;
    }

    /** Two increments and a read of a counter, atomic or not. */
    private static Subject<Outcome> counter(boolean atomic) {
        Specification<Long, String, Long> specification = (state, operation, result) -> {
            long next = operation.equals("read") ? state : state + 1;
            return result == next ? List.of(next) : List.of();
        };
        return Subject.of(3, (kernel, tasks) -> {
            Word count = new Word();
            History<String, Long> history = new History<>();
            for (String name : List.of("a", "b")) {
                tasks.add(
                        name,
                        task -> perform(history, kernel, task, "increment", () -> {
                            if (atomic) {
                                return kernel.addReturn(count, 1);
                            }
                            long seen = kernel.readOnce(count);
                            kernel.writeOnce(count, seen + 1);
                            return seen + 1;
                        }));
            }
            tasks.add("c", task -> perform(history, kernel, task, "read", () -> kernel.readOnce(count)));
            tasks.check("linearizable", () -> new Linearizability<>(0L, specification).explains(history));
        });
    }

    private static void perform(
            History<String, Long> history,
            org.mmrace.explore.ControlledKernel kernel,
            Task task,
            String operation,
            LongSupplier body) {
        history.perform(kernel, task, operation, body::getAsLong);
    }

    @ParameterizedTest(name = "atomic: {0}, {1} of {2} schedules are not linearizable")
    @CsvSource({"true, 0, 6", "false, 20, 30"})
    void everyScheduleOfACounter(boolean atomic, long bad, long schedules) {
        Exploration<Outcome> all = new Explorer<>(counter(atomic), POOL, Outcome::bad)
                .run(DepthFirst.all(), Plan.exhaustive().goingOn());
        assertThat(all.executions()).isEqualTo(schedules);
        assertThat(all.bad()).isEqualTo(bad);
    }

    @Test
    @DisplayName("An operation is called when its first step happens: who read before the increment began is too early")
    void callIsAtTheFirstStep() {
        Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
            Word cell = new Word();
            History<String, Integer> history = new History<>();
            tasks.add(
                    "a",
                    task -> history.perform(kernel, task, "w1", () -> {
                        kernel.writeOnce(cell, 1);
                        return 0;
                    }));
            tasks.add(
                    "b",
                    task -> history.perform(kernel, task, "r", () -> {
                        kernel.readOnce(cell);
                        return 1; // whatever it reads
                    }));
            tasks.check("linearizable", () -> new Linearizability<>(0, REGISTER).explains(history));
        });
        Exploration<Outcome> all = new Explorer<>(subject, POOL, Outcome::bad)
                .run(DepthFirst.all(), Plan.exhaustive().goingOn());
        assertThat(all.executions()).isEqualTo(2);
        assertThat(all.bad()).isEqualTo(1);
    }

    @Test
    void historyIsWrittenInTheOrderOfTime() {
        assertThat(history("a:w1 b:r b=0 a=0"))
                .hasToString("a calls w1\nb calls r\nb returns 0 from r\na returns 0 from w1\n");
        History<String, Integer> history = new History<>();
        Call<String, Integer> call = history.call("a", "r");
        assertThat(call).hasToString("a: r has not returned");
        history.returned(call, 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> history.returned(call, 4))
                .withMessage("a: r gave 4 already");
    }
}
