package org.mmrace.conform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Page;
import org.mmrace.op.Machine;

/** References and pins that one kernel user holds until it is told to release them. */
final class HeldReferences {
    private record Held(Page page, int gupFlags) {}

    private final Machine machine;
    private final Deque<Held> held = new ArrayDeque<>();

    HeldReferences(Machine machine) {
        this.machine = machine;
    }

    void hold(List<Page> pages, int gupFlags) {
        pages.forEach(page -> held.addLast(new Held(page, gupFlags)));
    }

    /** Releases the pages; gives what the first byte of the first one was, or 0. */
    long releaseAll(Task task) {
        List<Held> all = new ArrayList<>(held);
        held.clear();
        long firstByte = all.isEmpty()
                ? 0
                : machine.platform().memory().contents(all.get(0).page().pfn()) & 0xff;
        all.forEach(one -> machine.mm().gup().release(task, one.page(), one.gupFlags()));
        return firstByte;
    }
}
