package org.mmrace.conform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the model did in a case, in the words of the recording. Numbers may be {@code Integer} or {@code Long}; errors
 * have their names, such as {@code "-EFAULT"}. Values that nobody recorded are ignored, except {@code hang} and
 * {@code zeropage_corrupted}, which a recording leaves out when they are false.
 *
 * @param notModelled that the mapping itself is beyond the model, and why; nothing else is looked at then
 * @param mmap result of mmap(2)
 * @param driverResult of the driver's call in {@code ->mmap}; empty when there was none
 * @param steps one map for each step that was run: the recorded names and the actual values. A step that hangs is
 *     {@code hang=true} and the last. A step that the model does not know is {@link #unknownOp} and the last
 * @param exit {@code code}, {@code hang}, {@code leaked_zero_ref}, {@code leaked_zero_map}, and as {@code kernel_log}
 *     the list of the kernel functions that warned or crashed; empty if the case did not get as far
 */
public record CaseReplay(
        @Nullable String notModelled,
        Object mmap,
        Map<String, @Nullable Object> driverResult,
        List<String> vmFlagsAfterMmap,
        String pteAfterMmap,
        List<Map<String, @Nullable Object>> steps,
        Map<String, @Nullable Object> exit) {

    private static final String NOT_MODELLED = "not modelled";

    /** Keeps copies of the lists and maps. */
    public CaseReplay {
        driverResult = Collections.unmodifiableMap(new LinkedHashMap<>(driverResult));
        vmFlagsAfterMmap = List.copyOf(vmFlagsAfterMmap);
        List<Map<String, @Nullable Object>> copies = new ArrayList<>();
        for (Map<String, @Nullable Object> step : steps) {
            copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(step)));
        }
        steps = Collections.unmodifiableList(copies);
        exit = Collections.unmodifiableMap(new LinkedHashMap<>(exit));
    }

    /** The replay of a case whose mapping the model cannot make. */
    public static CaseReplay notModelled(String why) {
        return new CaseReplay(
                NOT_MODELLED + ": " + why, NOT_MODELLED, Map.of(), List.of(), NOT_MODELLED, List.of(), Map.of());
    }

    /** What a step did that the model does not know. */
    public static Map<String, @Nullable Object> unknownOp() {
        return Map.of(ExpectedFields.OP, NOT_MODELLED);
    }

    /** What a step did that never comes back. */
    public static Map<String, @Nullable Object> hang() {
        return Map.of(ExpectedFields.HANG, true);
    }
}
