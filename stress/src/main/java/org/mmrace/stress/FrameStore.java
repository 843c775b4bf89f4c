package org.mmrace.stress;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.RefKind;
import org.mmrace.op.Machine;

/** The frames that a driver owns for good, one for each page of its file; immutable. */
final class FrameStore {
    private static final int DEVICE_FRAMES = 16;

    private final Machine machine;
    private final long[] pfns;
    private final @Nullable Page[] pages;

    FrameStore(Machine machine, FileKind kind, int count, int fileId, Task task) {
        this.machine = machine;
        this.pfns = new long[count];
        this.pages = new @Nullable Page[count];
        for (int i = 0; i < count; i++) {
            Page page = hasPage(kind, i) ? machine.platform().memory().alloc(task, pageKind(kind)) : null;
            pages[i] = page;
            pfns[i] = page == null ? withoutPage(kind, i) : page.pfn();
            if (page != null) {
                machine.platform().memory().setContents(task, page.pfn(), DataTags.shared(fileId, i, 0));
            }
        }
    }

    private static PageKind pageKind(FileKind kind) {
        return kind == FileKind.DAX_DEVICE ? PageKind.DEVMAP : PageKind.DRIVER;
    }

    /** The ring is padded with zeropages; the other drivers bring pages as they are asked for, or have no pages. */
    private static boolean hasPage(FileKind kind, int i) {
        return switch (kind) {
            case IO, DAX_DEVICE -> true;
            case MIXED -> i % 2 == 0;
            case RING -> i % 4 == 0 || i > 4;
            default -> false;
        };
    }

    private long withoutPage(FileKind kind, int i) {
        if (kind == FileKind.RING) {
            return Memory.ZERO_PFN;
        }
        return machine.platform().memory().devicePfn(kind == FileKind.PRIVATE_FRAMES ? DEVICE_FRAMES / 2 + i : i);
    }

    long pfn(int i) {
        return pfns[i];
    }

    /** The page of frame {@code i}, the zeropage if that is it; null for device memory. */
    @Nullable
    Page page(int i) {
        return pfns[i] == Memory.ZERO_PFN ? machine.platform().memory().zeroPage() : pages[i];
    }

    void release(Task task) {
        for (Page page : pages) {
            if (page != null) {
                machine.platform().folios().put(task, page, RefKind.OWNER);
            }
        }
    }
}
