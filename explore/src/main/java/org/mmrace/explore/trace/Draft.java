package org.mmrace.explore.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.Step;
import org.mmrace.explore.trace.TraceStep.HandOver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** One step while it is written down. */
final class Draft {
    private static final int POINTER_CHARS = 24;

    final int number;
    final int task;
    final int operation;
    final Verb verb;
    final @Nullable Object object;
    final int index;
    final @Nullable HandOver handOver;

    /** The one object of the task, which has moved on by the time that this step is closed. */
    final Step step;

    final @Nullable Lockable lock;

    @Nullable
    String name;

    @Nullable
    String before;

    @Nullable
    String after;

    List<String> source = List.of();
    List<String> held = List.of();
    List<Violation> violations = List.of();

    Draft(int number, Step step, int operation, @Nullable HandOver handOver) {
        this.number = number;
        this.step = step;
        this.task = step.number();
        this.operation = operation;
        this.verb = step.verb();
        this.object = step.object();
        this.index = step.index();
        this.lock = step.lock();
        this.handOver = handOver;
    }

    static boolean isCell(Object object) {
        return object instanceof Word || object instanceof WordArray || object instanceof RcuPointer;
    }

    /** Whether there are values to write down; who waits for a lock bit has none of its own. */
    boolean isAboutCell() {
        return object != null && lock == null && isCell(object);
    }

    /** Whether the step may have hung page tables somewhere else. */
    boolean isUpperEntry() {
        return name != null && (name.startsWith("pmd[") || name.startsWith("pgd["));
    }

    /** A step in words. */
    static String text(Verb verb, String name) {
        return name.isEmpty() ? verb.word() : verb.word() + " " + name;
    }

    /** What a pointer points to, in a few characters. */
    static String pointerText(@Nullable Object target) {
        if (target instanceof List<?> list) {
            return "[" + list.size() + "]";
        }
        String text = String.valueOf(target);
        return text.length() <= POINTER_CHARS ? text : text.substring(0, POINTER_CHARS) + "..";
    }
}
