package org.mmrace.handover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.MemoryState;
import org.mmrace.stress.Operation;

/**
 * The last operations of all workers, each worker's in its order, what was mapped when they stopped, and which address
 * space was forked from which. Immutable.
 */
final class Log {
    /**
     * One operation of one worker.
     *
     * @param worker the number of the worker; {@link #NOBODY} for what was not logged
     * @param index its place among the operations of that worker
     * @param operation what was done
     */
    record Entry(int worker, int index, LoggedOperation operation) {
        /** When it ended, or now if it has not. */
        long endNanos() {
            return operation.inFlight() ? 0 : operation.startNanos() + operation.nanos();
        }

        /** Whether both were under way at one time. */
        boolean overlaps(Entry other) {
            return operation.startNanos() <= other.endNanos() && other.operation.startNanos() <= endNanos();
        }
    }

    static final int NOBODY = -1;

    /** In the order of time, the first one first. */
    static final Comparator<Entry> BY_TIME =
            Comparator.comparingLong(entry -> entry.operation().startNanos());

    private final List<String> names;
    private final List<List<Entry>> workers = new ArrayList<>();
    private final List<Entry> state = new ArrayList<>();
    private final List<List<Entry>> tlbs = new ArrayList<>();
    private final Map<Long, Long> parents = new HashMap<>();

    /**
     * A log.
     *
     * @param lastOperations by worker, as {@link org.mmrace.stress.StressResult} has them; what began after the
     *     violation is left out
     * @param memory what was mapped in the end
     */
    Log(Map<String, List<LoggedOperation>> lastOperations, MemoryState memory) {
        this.names = List.copyOf(lastOperations.keySet());
        for (List<LoggedOperation> operations : lastOperations.values()) {
            List<Entry> entries = new ArrayList<>();
            for (LoggedOperation operation : operations) {
                if (operation.startNanos() <= 0) {
                    entries.add(new Entry(workers.size(), entries.size(), operation));
                    learn(operation);
                }
            }
            workers.add(entries);
        }
        for (LoggedOperation operation : memory.mappings()) {
            state.add(new Entry(NOBODY, state.size(), operation));
            learn(operation);
        }
        for (String name : names) {
            tlbs.add(memory.tlbs().getOrDefault(name, List.of()).stream()
                    .map(operation -> new Entry(NOBODY, 0, operation))
                    .toList());
        }
    }

    private void learn(LoggedOperation operation) {
        if (operation.parent() != 0) {
            parents.put(operation.mm(), operation.parent());
        }
        if (operation.kind() == Operation.FORK && operation.argument() != 0) {
            parents.put(operation.argument(), operation.mm());
        }
    }

    /** How many workers there are. */
    int workers() {
        return workers.size();
    }

    /** What the campaign calls a worker. */
    String name(int worker) {
        return names.get(worker);
    }

    /** The number of the worker of this name, -1 for none. */
    int worker(String name) {
        return names.indexOf(name);
    }

    /** The operations of one worker, oldest first. */
    List<Entry> of(int worker) {
        return workers.get(worker);
    }

    /** What makes the page tables as they were in the end, in order. */
    List<Entry> state() {
        return state;
    }

    /** Accesses that leave in a TLB what that of a worker had in the end. */
    List<Entry> tlb(int worker) {
        return tlbs.get(worker);
    }

    /** Whether nothing was logged. */
    boolean isEmpty() {
        return workers.stream().allMatch(List::isEmpty);
    }

    /** Whether this address space was made by fork. */
    boolean isChild(long mm) {
        return parents.containsKey(mm);
    }

    /** The process of the campaign that an address space is, or was forked from; children have no children. */
    long rootOf(long mm) {
        return parents.getOrDefault(mm, mm);
    }
}
