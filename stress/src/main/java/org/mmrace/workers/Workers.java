package org.mmrace.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several workers at one exploration whose strategy draws lots: this program and its children. The first find ends all
 * of them; a child that dies loses what it had not reported, and nothing else. Children end with their parent, however
 * that ends.
 */
public final class Workers {
    private static final long TICK_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Object lock = new Object();
    private final List<WorkerChild> children = new ArrayList<>();
    private WorkerReport own = WorkerReport.NOTHING;
    private @Nullable WorkerFind found;
    private int foundBy;
    private boolean enough;

    /** The part of the work that this program does itself. */
    public interface OwnWork {
        /**
         * Works.
         *
         * @param soFar to be told a few times per second
         * @return its last report
         */
        WorkerReport run(Consumer<WorkerReport> soFar);

        /** Makes {@link #run} return soon; any thread may call this, more than once, also before and after it. */
        void interrupt();
    }

    /** Hears how all of them together go on. */
    @FunctionalInterface
    public interface Progress {
        /** Called a few times per second on the thread that runs. */
        void progress(long executions, long steps);
    }

    /**
     * What all of them have come to.
     *
     * @param executions how many there were, as far as they were reported
     * @param steps of all of them together
     * @param found the first find; null if nobody found anything
     * @param foundBy the number of the worker that found it, whose seed is {@link WorkerSeat#seed}
     * @param lost what happened to each child that did not come to its end, in one sentence
     */
    public record Merged(
            long executions, long steps, @Nullable WorkerFind found, int foundBy, List<String> lost) {
        /** Keeps its own copy. */
        public Merged {
            lost = List.copyOf(lost);
        }
    }

    private final OwnWork work;

    /**
     * Workers that have not begun.
     *
     * @param count how many, 1 or more; {@code work} is the first
     * @param commandOf how to start each of the others, such as {@link JavaCommand#again} makes it; the process speaks
     *     through {@link WorkerLine}
     */
    public Workers(int count, OwnWork work, Function<WorkerSeat, List<String>> commandOf) {
        this.work = work;
        for (int number = 1; number < count; number++) {
            WorkerSeat seat = new WorkerSeat(number, count);
            children.add(new WorkerChild(seat, commandOf.apply(seat), this::childChanged));
        }
    }

    /** Has all of them work until one finds something, all have ended, or {@link #interrupt}. */
    public Merged run(Progress progress) {
        children.forEach(WorkerChild::start);
        if (isEnough()) { // before they could hear it
            children.forEach(WorkerChild::stop);
        }
        try {
            WorkerReport last = work.run(soFar -> {
                own(soFar);
                tell(progress);
            });
            own(last);
            awaitChildren(progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            interrupt();
        }
        return merged();
    }

    private void own(WorkerReport report) {
        synchronized (lock) {
            own = report;
        }
        found(0, report);
    }

    private void childChanged() {
        for (int i = 0; i < children.size(); i++) {
            found(1 + i, children.get(i).latest());
        }
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void found(int number, WorkerReport report) {
        synchronized (lock) {
            if (report.found() == null || found != null) {
                return;
            }
            found = report.found();
            foundBy = number;
        }
        interrupt();
    }

    /** Tells all of them that it is enough, and {@link #run} to return soon. Any thread may call this. */
    public void interrupt() {
        synchronized (lock) {
            if (enough) {
                return;
            }
            enough = true;
            lock.notifyAll();
        }
        work.interrupt();
        children.forEach(WorkerChild::stop);
    }

    private boolean isEnough() {
        synchronized (lock) {
            return enough;
        }
    }

    private void awaitChildren(Progress progress) throws InterruptedException {
        synchronized (lock) {
            while (!enough && children.stream().anyMatch(WorkerChild::alive)) {
                lock.wait(TICK_MILLIS);
                tell(progress);
            }
        }
        for (WorkerChild child : children) {
            child.awaitEnd(PATIENCE_MILLIS);
        }
        tell(progress);
    }

    private void tell(Progress progress) {
        Merged now = merged();
        progress.progress(now.executions, now.steps);
    }

    private Merged merged() {
        synchronized (lock) {
            List<String> lost = new ArrayList<>();
            long executions = own.executions();
            long steps = own.steps();
            for (WorkerChild child : children) {
                executions += child.latest().executions();
                steps += child.latest().steps();
                if (!child.lost().isEmpty()) {
                    lost.add(child.lost());
                }
            }
            return new Merged(executions, steps, found, foundBy, lost);
        }
    }
}
