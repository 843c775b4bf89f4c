package org.mmrace.handover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;

/**
 * The kernel of a campaign in the words of a scenario.
 *
 * @param fault the bug that is switched on, null for none
 * @param knobs what else differs from series AFTER
 */
record Kernels(@Nullable Fault fault, Map<String, String> knobs) {
    /** Of a kernel with several bugs one for each of them: a scenario names one. */
    static List<Kernels> of(KernelConfig config) {
        List<Kernels> all = new ArrayList<>();
        config.faults().stream().sorted().forEach(fault -> all.add(of(fault, config)));
        return all.isEmpty() ? List.of(of(null, config)) : all;
    }

    private static Kernels of(@Nullable Fault fault, KernelConfig config) {
        KernelConfig after = KernelConfig.of(Series.AFTER);
        KernelConfig base = fault == null ? after : after.with(fault);
        Map<String, Object> there = Knobs.values(base);
        Map<String, String> knobs = new LinkedHashMap<>();
        if (config.series() != base.series()) {
            knobs.put("series", config.series().name());
        }
        Map<String, String> changed = Knobs.changed(config);
        Knobs.values(config).forEach((name, value) -> {
            if (!value.equals(there.get(name)) && !name.equals("series")) {
                knobs.put(name, changed.getOrDefault(name, String.valueOf(value)));
            }
        });
        return new Kernels(fault, knobs);
    }
}
