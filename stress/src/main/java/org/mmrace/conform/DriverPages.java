package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.RefKind;
import org.mmrace.op.Machine;

/** The pages that the recording driver makes, and its references on them, kept until its file is closed. */
final class DriverPages {
    private final Machine machine;
    private final List<Page> owned = new ArrayList<>();

    DriverPages(Machine machine) {
        this.machine = machine;
    }

    /** One page of each kind, in order. */
    List<Page> make(Task task, List<RecordedPage> kinds) {
        List<Page> pages = new ArrayList<>();
        for (RecordedPage kind : kinds) {
            pages.add(make(task, kind));
        }
        return pages;
    }

    private Page make(Task task, RecordedPage kind) {
        Memory memory = machine.platform().memory();
        return switch (kind) {
            case ZERO -> memory.zeroPage();
            case NORMAL -> own(memory.alloc(task, PageKind.DRIVER));
            case SLAB -> own(memory.alloc(task, PageKind.SLAB));
            case COMPOUND_TAIL -> {
                Page head = required(memory.allocCompound());
                yield required(memory.page(head.pfn() + 1));
            }
            case REFCOUNT_ZERO -> {
                Page page = required(memory.alloc(task, PageKind.DRIVER));
                machine.platform().folios().setRefCount(task, page, 0);
                yield page;
            }
        };
    }

    private Page own(@Nullable Page page) {
        Page made = required(page);
        owned.add(made);
        return made;
    }

    private static Page required(@Nullable Page page) {
        if (page == null) {
            throw new IllegalStateException("the replaying machine is out of memory");
        }
        return page;
    }

    /** Drops the references. */
    void releaseAll(Task task) {
        owned.forEach(page -> machine.platform().folios().put(task, page, RefKind.OWNER));
        owned.clear();
    }
}
