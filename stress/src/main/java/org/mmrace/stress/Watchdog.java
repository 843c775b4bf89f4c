package org.mmrace.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/** Notices that no operation completes any more, and says who holds what, who waits for what, and since when. */
public final class Watchdog {
    /** How long nothing completes before it is a deadlock. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long patienceNanos;
    private final LongSupplier operations;
    private final LongSupplier nanoTime;
    private long lastCount;
    private long lastChange;

    /**
     * A watchdog whose patience begins now.
     *
     * @param operations how many operations have completed
     * @param nanoTime the clock
     */
    Watchdog(Duration patience, LongSupplier operations, LongSupplier nanoTime) {
        this.patienceNanos = patience.toNanos();
        this.operations = operations;
        this.nanoTime = nanoTime;
        rested();
    }

    /** Nothing was to complete until now. */
    void rested() {
        lastCount = operations.getAsLong();
        lastChange = nanoTime.getAsLong();
    }

    /** Whether nothing has completed for too long. */
    boolean barks() {
        if (operations.getAsLong() != lastCount) {
            rested();
        }
        return nanoTime.getAsLong() - lastChange > patienceNanos;
    }

    /**
     * Names the deadlock.
     *
     * @param doing each task with what it is doing
     */
    public static Violation report(Map<Task, String> doing, long now) {
        List<String> lines = new ArrayList<>();
        doing.forEach((task, what) -> lines.add(line(task, what, doing, now)));
        List<Task> circle = circle(doing);
        String message = circle.isEmpty()
                ? "no operation completes any more"
                : "deadlock: "
                        + String.join(
                                " waits for ",
                                circle.stream().map(Task::toString).toList());
        return new Violation(Invariant.I32, message + "; " + String.join("; ", lines), null, lines);
    }

    private static String line(Task task, String what, Map<Task, String> doing, long now) {
        Lockable wanted = task.waitingFor();
        String waits = wanted == null
                ? "waits for no lock"
                : "waits for " + wanted + " since " + (now - task.waitingSinceNanos()) / 1_000_000 + " ms, held by "
                        + holders(wanted, doing);
        return task + " (" + what + ") holds " + task.held() + ", " + waits;
    }

    private static String holders(Lockable lock, Map<Task, String> doing) {
        List<String> holders = new ArrayList<>();
        for (Task task : doing.keySet()) {
            LockMode mode = task.held().modeOf(lock);
            if (mode != null) {
                holders.add(task + (mode == LockMode.READ ? " (R)" : " (W)"));
            }
        }
        return holders.isEmpty() ? "nobody" : String.join(" and ", holders);
    }

    /** Tasks each of which waits for a lock that the next one holds, the first one again at the end; empty for none. */
    private static List<Task> circle(Map<Task, String> doing) {
        for (Task start : doing.keySet()) {
            Map<Task, Boolean> seen = new LinkedHashMap<>();
            Task at = start;
            while (at != null && seen.put(at, true) == null) {
                at = holderOfWanted(at, doing);
            }
            if (at == start) {
                List<Task> circle = new ArrayList<>(seen.keySet());
                circle.add(start);
                return circle;
            }
        }
        return List.of();
    }

    private static @Nullable Task holderOfWanted(Task task, Map<Task, String> doing) {
        Lockable wanted = task.waitingFor();
        if (wanted == null) {
            return null;
        }
        for (Task other : doing.keySet()) {
            if (other.held().modeOf(wanted) != null) {
                return other;
            }
        }
        return null;
    }
}
