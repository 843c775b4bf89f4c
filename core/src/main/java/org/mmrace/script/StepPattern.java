package org.mmrace.script;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Verb;

/**
 * Describes a step of a task in kernel words: {@code [VERB] [LOCK] [in FUNCTION] [N]}, at least one of the first three.
 * {@code "spin_unlock ptl in zap_pte_range 2"} is the second time that the task is about to drop a page-table lock
 * somewhere inside {@code zap_pte_range()}.
 *
 * @param text these words
 * @param verb what the step does; null for anything
 * @param locks the classes of the lock that it is about; empty for any step
 * @param function a function that the task is in, in kernel case or Java case; null for any
 * @param occurrence which of such steps is meant, 1 for the first
 */
public record StepPattern(
        String text,
        @Nullable Verb verb,
        Set<LockClass> locks,
        @Nullable String function,
        int occurrence) {
    private static final Map<String, Set<LockClass>> LOCKS = locksByWord();

    /** Keeps its own copy. */
    public StepPattern {
        locks = Set.copyOf(locks);
    }

    private static Map<String, Set<LockClass>> locksByWord() {
        Map<String, Set<LockClass>> locks = new TreeMap<>();
        for (LockClass lockClass : LockClass.values()) {
            locks.computeIfAbsent(word(lockClass), word -> EnumSet.noneOf(LockClass.class))
                    .add(lockClass);
        }
        return locks;
    }

    private static String word(LockClass lockClass) {
        return switch (lockClass) {
            case INODE -> "i_rwsem";
            case MMAP -> "mmap_lock";
            case VMA_READ, VMA_WRITE -> "vma_lock";
            case INVALIDATE -> "invalidate_lock";
            case DAX_ENTRY -> "dax_entry";
            case FOLIO -> "folio";
            case I_MMAP -> "i_mmap_rwsem";
            case ANON_VMA -> "anon_vma";
            case PAGE_TABLE -> "page_table_lock";
            case PTL -> "ptl";
            case I_PAGES -> "i_pages";
            case ZONE -> "zone_lock";
        };
    }

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException with the word that was not understood and what was expected
     */
    public static StepPattern parse(List<String> words) {
        Deque<String> left = new ArrayDeque<>(words);
        Verb verb = left.isEmpty() ? null : Verb.byWord(left.peek()).orElse(null);
        if (verb != null) {
            left.remove();
        }
        Set<LockClass> lock = left.isEmpty() ? null : LOCKS.get(left.peek());
        if (lock != null) {
            left.remove();
        }
        String function = null;
        if ("in".equals(left.peek())) {
            left.remove();
            if (left.isEmpty()) {
                throw new IllegalArgumentException("a function must follow \"in\"");
            }
            function = left.remove();
        }
        int occurrence =
                left.size() == 1 && left.peek().matches("[1-9][0-9]{0,5}") ? Integer.parseInt(left.remove()) : 1;
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("\"" + left.peek() + "\" is not expected here; a step is [VERB] [LOCK]"
                    + " [in FUNCTION] [N]. Verbs: " + verbs() + ". Locks: " + String.join(" ", LOCKS.keySet()));
        }
        if (verb == null && lock == null && function == null) {
            throw new IllegalArgumentException("a step needs a verb, a lock or a function");
        }
        return new StepPattern(String.join(" ", words), verb, lock == null ? Set.of() : lock, function, occurrence);
    }

    private static String verbs() {
        return String.join(" ", Arrays.stream(Verb.values()).map(Verb::word).toList());
    }

    /** Kernel case and Java case are the same name. */
    static String plain(String function) {
        return function.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this is about a step that does {@code does}.
     *
     * @param lock the lock that the step is about, null for none
     * @param functions the functions that the task is in
     */
    public boolean describes(Verb does, @Nullable Lockable lock, List<String> functions) {
        return (verb == null || verb == does)
                && (locks.isEmpty() || (lock != null && locks.contains(lock.lockClass())))
                && (function == null || isIn(plain(function), functions));
    }

    private static boolean isIn(String function, List<String> functions) {
        return functions.stream().anyMatch(name -> plain(name).equals(function));
    }

    @Override
    public String toString() {
        return text;
    }
}
