package org.mmrace.explore;

import java.util.StringJoiner;

/** Says where tasks stand. */
public final class Standing {
    private Standing() {}

    /** One task, such as {@code "waits at spin_lock(ptl:7), holding mmap_lock:mm1 (R)"}. */
    public static String of(Step step) {
        if (step.finished()) {
            return "has finished";
        }
        return (step.enabled() ? "stands at " : "waits at ") + step + ", holding "
                + step.task().held();
    }

    /** All tasks that have not finished. */
    public static String ofAll(Choice choice) {
        StringJoiner text = new StringJoiner("; ");
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            if (!step.finished()) {
                text.add(step.task() + " " + of(step));
            }
        }
        return text.toString();
    }
}
