package org.mmrace.conform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a case ended.
 *
 * @param code of the process; -9 when it was killed
 * @param hang the last step never came back
 * @param leakedZeroRef references of the zeropage left behind
 * @param leakedZeroMap mapcounts of the zeropage left behind
 * @param kernelLog the lines that the kernel printed
 */
public record RecordedExit(int code, boolean hang, long leakedZeroRef, long leakedZeroMap, List<String> kernelLog) {
    /** Keeps a copy of the log. */
    public RecordedExit {
        kernelLog = List.copyOf(kernelLog);
    }

    /** Everything but the log, by recorded names. */
    Map<String, @Nullable Object> counted() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", (long) code);
        fields.put("hang", hang);
        fields.put("leaked_zero_ref", leakedZeroRef);
        fields.put("leaked_zero_map", leakedZeroMap);
        return fields;
    }
}
