package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.stress.StressCampaign;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressListener;
import org.mmrace.stress.StressResult;

/**
 * Campaigns on two real threads, which know nothing of the fault. Kernels that differ in nothing but the fault share
 * one campaign without it.
 */
final class StressChecker implements FaultChecker {
    /** A smaller limit overflows in a correct kernel, too. */
    private static final long REF_LIMIT = KernelConfig.of(Series.AFTER).refLimit();

    private final BiFunction<Fault, Boolean, KernelConfig> kernels;
    private final Map<KernelConfig, Trial> faultFree = new HashMap<>();
    private volatile boolean interrupted;
    private volatile @Nullable StressCampaign running;

    /** @param kernels the kernel that each fault is to be looked for in, with it or without it */
    StressChecker(BiFunction<Fault, Boolean, KernelConfig> kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "stress";
    }

    @Override
    public String about() {
        return "`mmrace stress --threads 2`, which knows nothing of the fault; runs are operations";
    }

    @Override
    public boolean covers(Fault fault) {
        KernelConfig kernel = kernels.apply(fault, false);
        return kernel.refLimit() == REF_LIMIT && StressConfig.fits(kernel);
    }

    @Override
    public boolean seeded() {
        return true;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        KernelConfig kernel = kernels.apply(fault, on);
        if (on) {
            return campaign(fault, true, kernel, seed, limit);
        }
        Trial known = faultFree.get(kernel);
        if (known == null) {
            Optional<Trial> trial = campaign(fault, false, kernel, seed, limit);
            trial.ifPresent(found -> faultFree.put(kernel, found));
            return trial;
        }
        return Optional.of(new Trial(fault, name(), false, seed, known.caughtBy(), known.time(), known.runs()));
    }

    private Optional<Trial> campaign(Fault fault, boolean on, KernelConfig kernel, long seed, Duration limit) {
        StressCampaign campaign = new StressCampaign(
                StressConfig.of(kernel).threads(2).seed(seed).duration(limit).build());
        running = campaign;
        if (interrupted) {
            return Optional.empty();
        }
        StressResult result = campaign.run(StressListener.NONE);
        if (result.interrupted()) {
            return Optional.empty();
        }
        if (result.failure() != null) {
            throw new IllegalStateException(
                    "stress with " + fault.id() + " failed: " + result.failure(), result.failure());
        }
        List<String> caughtBy = new ArrayList<>();
        result.violations().forEach(violation -> add(caughtBy, violation.invariant()));
        return Optional.of(new Trial(fault, name(), on, seed, caughtBy, result.elapsed(), result.totalOperations()));
    }

    private static void add(List<String> caughtBy, Invariant invariant) {
        if (!caughtBy.contains(invariant.name())) {
            caughtBy.add(invariant.name());
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
        StressCampaign campaign = running;
        if (campaign != null) {
            campaign.interrupt();
        }
    }
}
