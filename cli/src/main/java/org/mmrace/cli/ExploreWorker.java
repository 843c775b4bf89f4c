package org.mmrace.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mmrace.hunt.Hunt;
import org.mmrace.hunt.HuntRequest;
import org.mmrace.hunt.SharedHunt;
import org.mmrace.workers.WorkerLine;
import org.mmrace.workers.WorkerReport;
import org.mmrace.workers.WorkerSeat;

/** One of several processes that explore: says on standard output how far it is, and nothing else. */
final class ExploreWorker {
    private ExploreWorker() {}

    /** What to say about so many workers; empty if there is a core for each. */
    static Optional<String> advice(int workers, int cores) {
        return workers <= cores
                ? Optional.empty()
                : Optional.of(workers + " workers take turns on " + cores + (cores == 1 ? " core" : " cores")
                        + ", and each of them needs one for a second or two to start: --workers " + cores
                        + " is quicker");
    }

    /** Explores the part of {@code seat}, whose time began before this JVM could run; gives the exit code. */
    static int run(HuntRequest whole, WorkerSeat seat) {
        AtomicReference<@Nullable WorkerLine> parent = new AtomicReference<>();
        Duration late = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        Hunt hunt = new Hunt(whole.at(seat).late(late), (request, executions, elapsed) -> {
            WorkerLine line = parent.get();
            if (line != null) {
                line.report(new WorkerReport(executions, 0, false, null));
            }
        });
        WorkerLine line = WorkerLine.open(hunt::interrupt);
        parent.set(line);
        Interruption interruption = Interruption.of(hunt::interrupt);
        int exitCode = ExitCode.FAILED;
        try {
            WorkerReport last = SharedHunt.report(hunt.run());
            line.report(last);
            exitCode = last.found() == null ? ExitCode.CLEAN : ExitCode.FOUND;
        } finally {
            interruption.finished(exitCode);
        }
        return exitCode;
    }
}
