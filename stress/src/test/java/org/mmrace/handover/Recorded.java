package org.mmrace.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.MapPlan;
import org.mmrace.stress.MemoryState;
import org.mmrace.stress.OpResult;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Slot;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressResult;

/** A campaign that somebody has written down: its log, and what it found. */
final class Recorded {
    private final KernelConfig kernel;
    private final Map<String, List<LoggedOperation>> log = new LinkedHashMap<>();
    private final List<LoggedOperation> state = new ArrayList<>();
    private Violation violation = new Violation(Invariant.I37, "nothing", null);
    private long now = -1_000_000;

    private Recorded(KernelConfig kernel) {
        this.kernel = kernel;
        log.put("worker-0", new ArrayList<>());
        log.put("worker-1", new ArrayList<>());
    }

    static Recorded with(Fault... faults) {
        KernelConfig kernel = KernelConfig.of(Series.AFTER);
        for (Fault fault : faults) {
            kernel = kernel.with(fault);
        }
        return new Recorded(kernel);
    }

    static Recorded on(KernelConfig kernel) {
        return new Recorded(kernel);
    }

    private List<LoggedOperation> of(int worker) {
        return Objects.requireNonNull(log.get("worker-" + worker));
    }

    /** An operation of a worker, after all those before it. */
    Recorded did(int worker, Operation kind, long mm, Slot slot, int page, int pages, long argument) {
        of(worker).add(new LoggedOperation(kind, OpResult.OK, mm, 0, slot.addr(page), pages, argument, now, 10));
        now += 100;
        return this;
    }

    Recorded did(int worker, Operation kind, long mm, Slot slot, int page) {
        return did(worker, kind, mm, slot, page, 1, 0);
    }

    /** A fork or an exit. */
    Recorded did(int worker, Operation kind, long mm, long child) {
        of(worker).add(new LoggedOperation(kind, OpResult.OK, mm, 0, 0, 0, child, now, 10));
        now += 100;
        return this;
    }

    /** An operation that is under way when the machine stops. */
    Recorded does(int worker, Operation kind, long mm, Slot slot, int page, int pages, long argument) {
        of(worker)
                .add(new LoggedOperation(
                        kind, OpResult.HALTED, mm, 0, slot.addr(page), pages, argument, -50 - worker, 0));
        return this;
    }

    Recorded does(int worker, Operation kind, long mm, Slot slot, int page) {
        return does(worker, kind, mm, slot, page, 1, 0);
    }

    Recorded mapped(Operation kind, long mm, Slot slot, int page) {
        state.add(new LoggedOperation(kind, OpResult.OK, mm, 0, slot.addr(page), 1, 0, Long.MIN_VALUE / 2, 0));
        return this;
    }

    static long insertion(boolean zero) {
        return LoggedOperation.insertion(false, zero ? 1 : 0, MapPlan.NONE);
    }

    Recorded found(Invariant invariant, String message, int worker) {
        Task task = worker < 0 ? null : new Task(worker, worker, "worker-" + worker);
        violation = new Violation(invariant, message, task);
        return this;
    }

    StressResult result() {
        return new StressResult(
                StressConfig.of(kernel).threads(2).seed(7).build(),
                Duration.ofSeconds(1),
                Map.of(),
                Map.of(),
                1,
                1,
                1,
                0,
                0,
                List.of(violation),
                Map.of(violation.invariant(), 1L),
                log,
                new MemoryState(state, Map.of()),
                false,
                null);
    }
}
