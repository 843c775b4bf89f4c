package org.mmrace.conform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Differences that probably have one cause: the same operation, the same field, wrong in the same way. */
final class Cause {
    private final String title;
    private final Set<String> examples = new LinkedHashSet<>();
    private int count;

    private Cause(String title) {
        this.title = title;
    }

    /** The causes of all differences, the most frequent first. */
    static List<Cause> of(List<CaseResult> results) {
        Map<String, Cause> byTitle = new LinkedHashMap<>();
        for (CaseResult result : results) {
            for (Difference difference : result.differences()) {
                String title = result.nameOf(difference) + ": " + shape(difference);
                Cause cause = byTitle.computeIfAbsent(title, Cause::new);
                cause.examples.add(difference.kernel() + "  " + difference.id());
                cause.count++;
            }
        }
        List<Cause> causes = new ArrayList<>(byTitle.values());
        causes.sort(Comparator.comparingInt((Cause cause) -> cause.count).reversed());
        return causes;
    }

    /** Operation, field and shape. */
    String title() {
        return title;
    }

    int count() {
        return count;
    }

    /** Kernel and id of the cases that show it. */
    Set<String> examples() {
        return examples;
    }

    /** In what way the value is wrong; numbers that are off by the same amount are alike. */
    private static String shape(Difference difference) {
        Object expected = difference.expected();
        Object actual = difference.actual();
        if (expected instanceof Long from && actual instanceof Long to && (isLarge(from) || isLarge(to))) {
            return String.format("off by %+d", to - from);
        }
        if (expected instanceof Collection<?> from && actual instanceof Collection<?> to) {
            return listShape(from, to);
        }
        if (difference.field().equals(Comparison.MODEL)) {
            return exceptionName(String.valueOf(actual));
        }
        return expectedActual(expected, actual);
    }

    static String expectedActual(@Nullable Object expected, @Nullable Object actual) {
        return "expected " + show(expected) + ", actual " + show(actual);
    }

    private static String show(@Nullable Object value) {
        if (value instanceof Collection<?> items) {
            return items.isEmpty()
                    ? "nothing"
                    : String.join(" ", items.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }

    private static boolean isLarge(long number) {
        return number < -1 || number > 1;
    }

    private static String listShape(Collection<?> expected, Collection<?> actual) {
        Set<Object> lacks = new LinkedHashSet<>(expected);
        lacks.removeAll(actual);
        Set<Object> extra = new LinkedHashSet<>(actual);
        extra.removeAll(expected);
        if (lacks.isEmpty() && extra.isEmpty()) {
            return "another order";
        }
        String text = lacks.isEmpty() ? "" : "lacks " + show(lacks);
        String and = lacks.isEmpty() || extra.isEmpty() ? "" : ", ";
        return extra.isEmpty() ? text : text + and + "should not have " + show(extra);
    }

    private static String exceptionName(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
