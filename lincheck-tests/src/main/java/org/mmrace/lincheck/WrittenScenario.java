package org.mmrace.lincheck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A scenario as text: what happens first, then what each thread does. Operations are separated by blanks and written
 * {@code name}, {@code name:argument}; the number of the thread is added.
 *
 * @param before operations of the initial part
 * @param threads operations of each thread
 */
record WrittenScenario(String before, List<String> threads) {
    /** Nothing first. */
    static WrittenScenario of(String... threads) {
        return new WrittenScenario("", List.of(threads));
    }

    /** This first, then the threads. */
    static WrittenScenario after(String before, String... threads) {
        return new WrittenScenario(before, List.of(threads));
    }

    /** Every scenario that is this one without one operation. */
    List<WrittenScenario> withoutOne() {
        List<WrittenScenario> smaller = new ArrayList<>();
        withoutOne(before).forEach(less -> smaller.add(new WrittenScenario(less, threads)));
        for (int i = 0; i < threads.size(); i++) {
            for (String less : withoutOne(threads.get(i))) {
                List<String> others = new ArrayList<>(threads);
                others.set(i, less);
                others.removeIf(String::isEmpty);
                smaller.add(new WrittenScenario(before, others));
            }
        }
        return smaller;
    }

    private static List<String> withoutOne(String text) {
        List<String> words =
                Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
        List<String> smaller = new ArrayList<>();
        for (int left = 0; left < words.size(); left++) {
            List<String> rest = new ArrayList<>(words);
            rest.remove(left);
            smaller.add(String.join(" ", rest));
        }
        return smaller;
    }

    /**
     * As Lincheck wants it.
     *
     * @throws IllegalArgumentException when {@code subject} has no such operation
     */
    ExecutionScenario on(Class<?> subject) {
        List<List<Actor>> parallel = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            parallel.add(actors(subject, threads.get(i), i + 1));
        }
        return new ExecutionScenario(actors(subject, before, 0), parallel, List.of(), null);
    }

    private static List<Actor> actors(Class<?> subject, String text, int thread) {
        return Stream.of(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> actor(subject, word, thread))
                .toList();
    }

    private static Actor actor(Class<?> subject, String word, int thread) {
        String[] parts = word.split(":", -1);
        Method method = Arrays.stream(subject.getMethods())
                .filter(candidate ->
                        candidate.getName().equals(parts[0]) && candidate.isAnnotationPresent(Operation.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(subject + " has no operation " + parts[0]));
        List<Object> arguments = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            arguments.add(
                    method.getParameterTypes()[i - 1] == boolean.class
                            ? (Object) Boolean.valueOf(parts[i])
                            : Integer.valueOf(parts[i]));
        }
        if (arguments.size() < method.getParameterCount()) {
            arguments.add(thread);
        }
        return new Actor(method, arguments);
    }

    @Override
    public String toString() {
        return (before.isEmpty() ? "" : before + "; ") + String.join(" || ", threads);
    }
}
