package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.DaxEntries;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Platform;

/**
 * The full recount of a machine at rest: no operation in progress, every gather finished, every RCU callback run
 * ({@code rcu_barrier()} on each CPU). Gets and pins may be out. May be run again and again; one thread at a time.
 */
public final class QuiescentAudit {
    private final Platform platform;
    private final List<Violation> found = new ArrayList<>();
    private final Reporter reporter = new Reporter(found::add);
    private final Census census;
    private final MmAudit mmAudit;
    private final PageAudit pageAudit;

    /** An audit of this machine. */
    public QuiescentAudit(Platform platform) {
        this.platform = platform;
        this.census = new Census(platform);
        this.mmAudit = new MmAudit(platform, new PteRules(platform, reporter), reporter, census);
        this.pageAudit = new PageAudit(platform, reporter, census);
    }

    /**
     * Counts everything.
     *
     * @param mms every address space that has not been torn down
     * @param files every file
     * @param tasks every task
     * @return what is wrong, empty if nothing is
     */
    public List<Violation> run(List<Mm> mms, List<AddressSpace> files, List<Task> tasks) {
        found.clear();
        census.clear();
        mms.forEach(mmAudit::check);
        pageAudit.check();
        long reachable = (long) census.tables.cardinality() + mms.size();
        if (platform.tables().live() != reachable) {
            reporter.report(
                    Invariant.I29, null, platform.tables().live() + " tables are in use, " + reachable + " reachable");
        }
        files.forEach(this::checkFile);
        for (Task task : tasks) {
            if (task.held().size() != 0) {
                reporter.report(Invariant.I32, null, task + " still holds " + task.held());
            }
        }
        return List.copyOf(found);
    }

    private void checkFile(AddressSpace file) {
        if (file.kind() != AddressSpace.Kind.FSDAX) {
            return;
        }
        for (int index = 0; index < file.capacity(); index++) {
            if (DaxEntries.isLocked(file.entry(index))) {
                reporter.report(Invariant.I32, null, "DAX entry " + index + " of " + file + " is still locked");
            }
        }
    }
}
