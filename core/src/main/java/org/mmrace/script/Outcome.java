package org.mmrace.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graded combination of results.
 *
 * @param grade what it means
 * @param terms which results it is about
 * @param description why
 */
public record Outcome(Grade grade, List<Term> terms, String description) {
    /** What a combination means. */
    public enum Grade {
        /** As it must be. */
        ACCEPTABLE,
        /** Allowed, and worth to know. */
        INTERESTING,
        /** A bug. */
        FORBIDDEN;

        /** Its name in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One result.
     *
     * @param name a named result; or a task, for the result of its last operation
     * @param values what it may be, {@code *} for anything
     */
    public record Term(String name, List<String> values) {
        /** Keeps its own copy. */
        public Term {
            values = List.copyOf(values);
        }

        boolean matches(String value) {
            return values.contains(value) || values.contains("*");
        }

        @Override
        public String toString() {
            return name + "=" + String.join("|", values);
        }
    }

    /** Keeps its own copy. */
    public Outcome {
        terms = List.copyOf(terms);
    }

    /** Whether these results, by name, are this combination. */
    public boolean matches(Map<String, String> results) {
        return terms.stream().allMatch(term -> term.matches(results.getOrDefault(term.name(), "none")));
    }
}
