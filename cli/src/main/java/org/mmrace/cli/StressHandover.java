package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.failure.FailureFiles;
import org.mmrace.handover.Handover;
import org.mmrace.handover.HandoverResult;
import org.mmrace.handover.HandoverText;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressResult;

/** What a campaign found goes to the scheduler: the search, its failure file, and what is said about both. */
final class StressHandover {
    private final Duration budget;
    private final Path directory;
    private volatile boolean interrupted;
    private volatile @Nullable Handover running;
    private @Nullable HandoverResult result;
    private @Nullable Path file;

    /** A search of at most {@code budget}, none if that is 0; the failure file goes to {@code directory}. */
    StressHandover(Duration budget, Path directory) {
        this.budget = budget;
        this.directory = directory;
    }

    /** Tells it to come to an end soon; any thread may call this. */
    void interrupt() {
        interrupted = true;
        Handover handover = running;
        if (handover != null) {
            handover.interrupt();
        }
    }

    /**
     * Searches for the first violation of {@code found}, if there is one.
     *
     * @throws IOException when the failure file cannot be written
     */
    void search(StressResult found, PrintWriter err) throws IOException {
        if (budget.isZero() || found.violations().isEmpty()) {
            return;
        }
        err.println("stress  looking for " + found.violations().get(0).invariant() + " under the scheduler, for "
                + Durations.format(budget) + " at most");
        err.flush();
        Handover handover = new Handover(found, budget);
        running = handover;
        if (interrupted) {
            handover.interrupt();
        }
        HandoverResult ended = handover.run();
        result = ended;
        HandoverResult.Reproduced reproduced = ended.reproduced();
        if (reproduced != null) {
            file = FailureFiles.write(directory.toAbsolutePath(), reproduced.failure(), Version.number());
        }
    }

    /** What came out, for people; nothing if nothing was searched. */
    String text() {
        HandoverResult ended = result;
        return ended == null ? "" : HandoverText.of(ended, new TraceText.Style(Progress.width(), false));
    }

    /** The same for a JSON object; empty if nothing was searched. */
    Map<String, Object> json() {
        HandoverResult ended = result;
        return ended == null
                ? Map.of()
                : Map.of("underControl", HandoverText.json(ended, file == null ? null : shown(file)));
    }

    /** Where the failure file is, as the user would say it; null if there is none. */
    @Nullable
    String file() {
        return file == null ? null : shown(file);
    }

    private String shown(Path written) {
        return directory.resolve(written.getFileName()).toString();
    }
}
