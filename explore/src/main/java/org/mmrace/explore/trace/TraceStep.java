package org.mmrace.explore.trace;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.kernel.Verb;

/**
 * One step that has happened.
 *
 * @param number from 1 on; the same in every rendering
 * @param task the number of the task, from 0 on
 * @param operation which operation of its script the task was in, from 0 on
 * @param verb what it did
 * @param location the cell, lock or CPU that it was about, as {@code "pte[V+0]"}; empty for a step about nothing shared
 * @param before what the cell held before; null if it is about no cell
 * @param after what it held afterwards; null likewise
 * @param held the locks that the task held afterwards, the first one first, each with {@code (R)} or {@code (W)}
 * @param source the lines of the model that it was in, innermost first, as {@code "install(InsertPage.java:123)"}
 * @param handOver how it came that another task ran than in the step before; null if it is the same task
 * @param shared whether several tasks use the location, and one of them at least changes it
 * @param violations what was broken by it, or on the way of its task to its next step
 */
public record TraceStep(
        int number,
        int task,
        int operation,
        Verb verb,
        String location,
        @Nullable String before,
        @Nullable String after,
        List<String> held,
        List<String> source,
        @Nullable HandOver handOver,
        boolean shared,
        List<Violation> violations) {
    private static final Set<String> ACCESSORS = Set.of(
            "AddressSpace",
            "AnonVma",
            "FreeList",
            "Folios",
            "Kernel",
            "Memory",
            "Mm",
            "Page",
            "PageTable",
            "PageTables",
            "PteAccess",
            "RssStat",
            "TablePool",
            "Tlb",
            "Vma",
            "VmaTree");

    /**
     * Another task goes on.
     *
     * @param from the number of the task that ran until now
     * @param why why it does not go on
     * @param at the step that it stands at; empty if it has finished
     */
    public record HandOver(int from, Why why, String at) {
        /** In words, such as {@code "waits at spin_lock ptl:3"}. */
        @Override
        public String toString() {
            return why == Why.FINISHED ? why.word() : why.word() + " at " + at;
        }
    }

    /** Why a task does not go on. */
    public enum Why {
        /** It could have. */
        PREEMPTED("preempted"),
        /** Somebody holds what it needs. */
        WAITS("waits"),
        /** It has no more steps. */
        FINISHED("finished"),
        /** It could have, and said itself that this is a good moment for others. */
        GAVE_WAY("gave way");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /** What traces say. */
        public String word() {
            return word;
        }
    }

    /** Keeps its own copies. */
    public TraceStep {
        held = List.copyOf(held);
        source = List.copyOf(source);
        violations = List.copyOf(violations);
    }

    /**
     * The line that says most: the innermost one that is not inside of a class that only reads and writes cells for
     * others; empty if there is none.
     */
    public Optional<String> line() {
        return source.stream()
                .filter(line -> !ACCESSORS.contains(line.substring(line.indexOf('(') + 1, line.lastIndexOf('.'))))
                .findFirst();
    }

    /** Whether the cell holds something else than before. */
    public boolean changed() {
        return before != null && !before.equals(after);
    }
}
