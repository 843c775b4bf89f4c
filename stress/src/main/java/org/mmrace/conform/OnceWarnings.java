package org.mmrace.conform;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions of a recording whose warnings the kernel printed once per boot. Most warnings are
 * {@code WARN_ON_ONCE()}: of all the cases of a recording that run into one, a single case shows it, and the silence of
 * the others says nothing. A place that warned in two cases is not of that kind.
 */
final class OnceWarnings {
    private final Set<String> functions = new HashSet<>();

    private OnceWarnings() {}

    static OnceWarnings of(List<RecordedCase> cases) {
        Map<KernelLogLine, Integer> casesOf = new HashMap<>();
        for (RecordedCase recorded : cases) {
            Set<KernelLogLine> complaints =
                    new HashSet<>(KernelLogLine.complaints(recorded.exit().kernelLog()));
            complaints.forEach(complaint -> casesOf.merge(complaint, 1, Integer::sum));
        }
        OnceWarnings once = new OnceWarnings();
        casesOf.keySet().forEach(complaint -> once.functions.add(complaint.function()));
        casesOf.forEach((complaint, count) -> {
            if (count > 1) {
                once.functions.remove(complaint.function());
            }
        });
        return once;
    }

    /** A case may be silent although this function warns in it. */
    boolean maySilence(String function) {
        return functions.contains(function);
    }
}
