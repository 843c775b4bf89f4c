package org.mmrace.scenario;

import java.util.List;
import org.mmrace.op.VmaSpec;

/** Where VMAs are that say no place of their own: each begins a page table, so that no two are neighbours. */
final class Layout {
    private static final int ROOM = 16;

    private Layout() {}

    /** The first page of the VMA that is declared after {@code vmas}. */
    static int next(List<VmaSpec> vmas) {
        int end = vmas.stream().mapToInt(vma -> vma.page() + vma.pages()).max().orElse(ROOM);
        return (end + ROOM - 1) / ROOM * ROOM;
    }
}
