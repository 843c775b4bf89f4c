package org.mmrace.stress;

import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** Campaigns that are bounded by operations, so that a slow machine does not change what is tested. */
final class Campaigns {
    private Campaigns() {}

    static StressConfig.Draft after() {
        return of(KernelConfig.of(Series.AFTER));
    }

    static StressConfig.Draft of(KernelConfig kernel) {
        return StressConfig.of(kernel).threads(1).seed(1).opsPerThread(10_000).epochOps(1_000);
    }

    static StressResult run(StressConfig.Draft draft) {
        return new StressCampaign(draft.build()).run(StressListener.NONE);
    }
}
