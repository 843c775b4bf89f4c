package org.mmrace.op;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;

/** Makes the pages that a scenario declares. */
record StagePages(Machine machine, Task task) {
    Page make(PageSpec spec) {
        Memory memory = machine.platform().memory();
        return switch (spec.kind()) {
            case COMPOUND_TAIL ->
                required(memory.page(required(memory.allocCompound()).pfn() + 1));
            case REFLESS -> {
                Page page = required(memory.alloc(task, PageKind.DRIVER));
                machine.platform().folios().setRefCount(task, page, 0);
                yield page;
            }
            default -> required(memory.alloc(task, PageKind.valueOf(spec.kind().name())));
        };
    }

    private static Page required(@Nullable Page page) {
        if (page == null) {
            throw new SetupFailedException("the machine has no memory left for the pages of the scenario");
        }
        return page;
    }
}
