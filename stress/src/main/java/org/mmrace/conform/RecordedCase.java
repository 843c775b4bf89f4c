package org.mmrace.conform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case: a fresh process makes one mapping, runs the steps in order, and exits.
 *
 * @param id its name, unique in its recording
 * @param kernel which kernel was recorded, such as 6.12
 * @param series the name of the {@code org.mmrace.fault.Series} that the model must run as
 * @param mmap result of mmap(2): a {@code Long}, or the name of an error
 * @param driverResult what the driver's call in {@code ->mmap} did; empty when there was none
 * @param vmFlagsAfterMmap the VMA's flags once mmap has returned
 * @param pteAfterMmap the first page's PTE at the same time
 */
public record RecordedCase(
        String id,
        String kernel,
        String series,
        RecordedScope scope,
        RecordedMapping mapping,
        Object mmap,
        Map<String, @Nullable Object> driverResult,
        List<String> vmFlagsAfterMmap,
        String pteAfterMmap,
        List<RecordedStep> steps,
        RecordedExit exit) {

    /** Keeps copies of the lists and of the map. */
    public RecordedCase {
        driverResult = Collections.unmodifiableMap(new LinkedHashMap<>(driverResult));
        vmFlagsAfterMmap = List.copyOf(vmFlagsAfterMmap);
        steps = List.copyOf(steps);
    }
}
