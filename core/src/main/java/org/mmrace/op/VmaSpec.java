package org.mmrace.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Address;

/**
 * A mapping of a scenario.
 *
 * @param name how the scenario calls it
 * @param process in which it is
 * @param file what it maps, null for private anonymous memory
 * @param shared MAP_SHARED
 * @param prot {@code PROT_*} flags
 * @param pages its length
 * @param pgoff the file page that its first page maps
 * @param page the number of its first page in the address space
 * @param mapped whether it is mapped before the tasks run; else a task maps it with {@code mmap}
 * @param driver how its driver maps it
 */
public record VmaSpec(
        String name,
        String process,
        @Nullable String file,
        boolean shared,
        List<String> prot,
        int pages,
        int pgoff,
        int page,
        boolean mapped,
        DriverSpec driver) {
    /** Keeps its own copy of the list. */
    public VmaSpec {
        prot = List.copyOf(prot);
    }

    /** The address of page {@code i}. */
    public long addr(int i) {
        return (page + i) * Address.PAGE_SIZE;
    }

    /** Its length in bytes. */
    public long length() {
        return pages * Address.PAGE_SIZE;
    }
}
