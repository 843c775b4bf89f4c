package org.mmrace.op;

import java.util.List;

/**
 * Everything that a scenario names.
 *
 * @param files its files
 * @param pages its drivers' pages
 * @param processes its processes
 * @param vmas their mappings
 * @param forked names of processes that operations make
 * @param results names of results
 */
public record StageSpec(
        List<FileSpec> files,
        List<PageSpec> pages,
        List<ProcessSpec> processes,
        List<VmaSpec> vmas,
        List<String> forked,
        List<String> results) {
    /** Keeps its own copies. */
    public StageSpec {
        files = List.copyOf(files);
        pages = List.copyOf(pages);
        processes = List.copyOf(processes);
        vmas = List.copyOf(vmas);
        forked = List.copyOf(forked);
        results = List.copyOf(results);
    }
}
