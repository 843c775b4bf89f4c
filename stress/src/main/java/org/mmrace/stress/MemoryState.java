package org.mmrace.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was mapped where when a campaign stopped, in the words of operations that make it so on fresh memory: the log of
 * what was done does not go back that far.
 *
 * @param mappings for all address spaces, parents before the forks of their children
 * @param tlbs accesses by each worker that leave in the TLB of its CPU what was there
 */
public record MemoryState(List<LoggedOperation> mappings, Map<String, List<LoggedOperation>> tlbs) {
    /** Nothing is known. */
    public static final MemoryState NONE = new MemoryState(List.of(), Map.of());

    /** Keeps its own copies. */
    public MemoryState {
        mappings = List.copyOf(mappings);
        tlbs = new LinkedHashMap<>(tlbs);
    }

    /** The state of a machine that has stopped. */
    static MemoryState of(World world) {
        List<LoggedOperation> mappings = new ArrayList<>();
        for (int i = 0; i < world.processCount(); i++) {
            family(world, world.process(i), mappings);
        }
        Map<String, List<LoggedOperation>> tlbs = new LinkedHashMap<>();
        for (Worker worker : world.workers()) {
            List<LoggedOperation> cached = new ArrayList<>();
            for (int i = 0; i < world.processCount(); i++) {
                cached.addAll(new MmState(world, world.process(i), null)
                        .cached(worker.task().cpu()));
            }
            tlbs.put(worker.task().toString(), cached);
        }
        return new MemoryState(mappings, tlbs);
    }

    /** One process with its children; a fork makes what was written before it shared. */
    private static void family(World world, Process process, List<LoggedOperation> mappings) {
        MmState state = new MmState(world, process, null);
        long mm = process.mm().id();
        List<Process> children = new ArrayList<>();
        for (Worker worker : world.workers()) {
            Process child = worker.child();
            if (child != null && child.parentId() == mm) {
                children.add(child);
            }
        }
        mappings.addAll(state.parts());
        mappings.addAll(state.mappings(false));
        for (Process child : children) {
            mappings.add(operation(Operation.FORK, mm, 0, 0, child.mm().id()));
        }
        if (children.isEmpty() && state.sharesWithAChild()) {
            mappings.add(operation(Operation.FORK, mm, 0, 0, -mm));
            mappings.add(operation(Operation.EXIT_MMAP, mm, 0, 0, -mm));
        }
        mappings.addAll(state.mappings(true));
        mappings.addAll(state.rights());
        for (Process child : children) {
            MmState inherited = new MmState(world, child, process);
            mappings.addAll(inherited.mappings(false));
            mappings.addAll(inherited.mappings(true));
        }
    }

    /** An operation that nobody has logged. */
    static LoggedOperation operation(Operation kind, long mm, long addr, int pages, long argument) {
        return new LoggedOperation(kind, OpResult.OK, mm, 0, addr, pages, argument, Long.MIN_VALUE / 2, 0);
    }
}
