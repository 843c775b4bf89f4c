package org.mmrace.script;

import java.util.List;
import org.mmrace.op.Step;

/**
 * What one task does, on a CPU of its own.
 *
 * @param name how the scenario calls it
 * @param process the process that it belongs to
 * @param steps what it does, one after the other
 */
public record TaskScript(String name, String process, List<Step> steps) {
    /** Keeps its own copy. */
    public TaskScript {
        steps = List.copyOf(steps);
    }
}
