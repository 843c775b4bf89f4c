package org.mmrace.explore.minimise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.minimise.Attempts.Hit;
import org.mmrace.explore.minimise.Outline.Switch;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.script.Scenario;

/**
 * Makes the schedule of a failing run simple. All schedules without a preemption and with one are few, so they come
 * first. Delta debugging (Zeller and Hildebrandt 2002) leaves out preemptions as long as the run fails; then one of
 * those that are left is moved anywhere while another one is left out; and all schedules with fewer preemptions are
 * tried, fewest first, as far as the runs last.
 */
final class FewerPreemptions {
    private static final int FEW = 1;
    private static final long FEW_RUNS = 1_500;

    private final Attempts attempts;
    private final Scenario scenario;
    private Hit best;

    /** No schedule with fewer preemptions than that fails so. */
    private int tried;

    FewerPreemptions(Attempts attempts, Scenario scenario, Hit hit) {
        this.attempts = attempts;
        this.scenario = scenario;
        this.best = hit;
    }

    /** The simplest failing run that was found. */
    Hit run() {
        offer(attempts.follow(scenario, best.outline().withoutOthers()));
        fewest(FEW, FEW_RUNS);
        deltaDebug();
        boolean moved = best.preemptions() > 1;
        while (moved && !isMinimal() && !attempts.isExhausted()) {
            moved = move();
        }
        fewest(Integer.MAX_VALUE, Long.MAX_VALUE);
        return best;
    }

    /** Whether every schedule with fewer preemptions has been tried. */
    boolean isMinimal() {
        return tried >= best.preemptions();
    }

    /** Whether {@code hit} is there and better. */
    private boolean offer(@Nullable Hit hit) {
        boolean better = hit != null && size(hit) < size(best);
        if (better && hit != null) {
            best = hit;
        }
        return better;
    }

    /** Preemptions count first, then the other switches that are not the usual ones. */
    private static long size(Hit hit) {
        return 1_000L * hit.preemptions() + hit.outline().others().size();
    }

    private void deltaDebug() {
        int parts = 2;
        while (!isMinimal() && parts <= 2 * best.preemptions() && !attempts.isExhausted()) {
            List<Switch> all = best.outline().preemptions();
            int grain = Math.min(parts, all.size());
            boolean fewer = false;
            for (int part = 0; part < grain && !fewer; part++) {
                List<Switch> left = new ArrayList<>(all.subList(0, part * all.size() / grain));
                left.addAll(all.subList((part + 1) * all.size() / grain, all.size()));
                fewer = offer(attempts.follow(scenario, best.outline().withPreemptions(left)));
            }
            parts = fewer ? Math.max(2, parts - 1) : 2 * parts;
        }
    }

    /** Leaves one preemption out and puts another one somewhere else: whether that was enough. */
    private boolean move() {
        List<Switch> all = best.outline().preemptions();
        for (Switch out : all) {
            for (Switch moving : all) {
                if (!moving.equals(out) && move(all, out, moving)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean move(List<Switch> all, Switch out, Switch moving) {
        List<Switch> rest = new ArrayList<>(all);
        rest.remove(out);
        int at = rest.indexOf(moving);
        int steps = best.steps().get(moving.from());
        for (int step = 1; step < steps && !attempts.isExhausted(); step++) {
            rest.set(at, new Switch(moving.from(), step, moving.to()));
            if (offer(attempts.follow(scenario, best.outline().withPreemptions(rest)))) {
                return true;
            }
        }
        return false;
    }

    /** All schedules with at most {@code most} preemptions, but no more than {@code runs} for each number of them. */
    private void fewest(int most, long runs) {
        while (tried <= most && !isMinimal()) {
            Attempts.Searched all = attempts.search(scenario, DepthFirst.withPreemptions(tried), runs);
            if (offer(all.hit()) || !all.complete()) {
                return;
            }
            tried++;
        }
    }
}
