package org.mmrace.cli;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.hunt.Watch;
import picocli.CommandLine.Option;

/** What an exploration looks for besides what is wrong with an execution. */
final class WatchOptions {
    @Option(
            names = "--races",
            description = "Look for data races as well: plain accesses that no lock or barrier orders. Stops at the"
                    + " first.")
    private boolean races;

    @Option(
            names = "--lock-order",
            description = "Look for potential deadlocks as well: locks that executions take in a circle. Said at the"
                    + " end.")
    private boolean lockOrder;

    /** @throws IllegalArgumentException when several workers cannot do that */
    Watch watch(int workers) {
        if (workers > 1 && (races || lockOrder)) {
            throw new IllegalArgumentException(
                    "--workers is not for data races and lock order: leave out --workers, or --races and --lock-order");
        }
        return new Watch(races, lockOrder);
    }

    /** The same options again. */
    List<String> arguments() {
        List<String> words = new ArrayList<>();
        if (races) {
            words.add("--races");
        }
        if (lockOrder) {
            words.add("--lock-order");
        }
        return words;
    }
}
