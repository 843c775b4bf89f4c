package org.mmrace.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The share of attempts that have not found it yet, as a function of time: the product-limit estimator (Kaplan and
 * Meier, JASA 53, 1958) with Greenwood's variance. An attempt that gave up at the time at which another one found
 * something counts as having looked until then.
 */
public final class KaplanMeier {
    /** Sums of shares such as 1/3 are not exact. */
    private static final double ROUNDING = 1e-12;

    private final List<Step> steps;
    private final int size;
    private final double last;

    private KaplanMeier(List<Step> steps, int size, double last) {
        this.steps = List.copyOf(steps);
        this.size = size;
        this.last = last;
    }

    /**
     * One time at which something was found.
     *
     * @param time when
     * @param atRisk how many attempts still looked then
     * @param found how many found something then
     * @param survival the share that has not found anything, from this time on
     * @param standardError of {@code survival}, after Greenwood; 0 when nothing is left
     */
    public record Step(double time, int atRisk, int found, double survival, double standardError) {}

    /**
     * A range that holds the true share with some confidence.
     *
     * @param low not below 0
     * @param high not above 1
     */
    public record Band(double low, double high) {}

    /**
     * The estimate from these observations.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static KaplanMeier of(List<Observation> observations) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("no observation, no estimate");
        }
        TreeMap<Double, int[]> counts = new TreeMap<>(); // found, then censored, at a time
        for (Observation observation : observations) {
            counts.computeIfAbsent(observation.time(), time -> new int[2])[observation.found() ? 0 : 1]++;
        }
        List<Step> steps = new ArrayList<>();
        int atRisk = observations.size();
        double survival = 1;
        double sum = 0;
        for (var entry : counts.entrySet()) {
            int found = entry.getValue()[0];
            if (found > 0) {
                survival *= 1 - (double) found / atRisk;
                sum += found == atRisk ? 0 : found / ((double) atRisk * (atRisk - found));
                steps.add(new Step(entry.getKey(), atRisk, found, survival, survival * Math.sqrt(sum)));
            }
            atRisk -= found + entry.getValue()[1];
        }
        return new KaplanMeier(steps, observations.size(), counts.lastKey());
    }

    /** The times at which something was found, in their order. */
    public List<Step> steps() {
        return steps;
    }

    /** How many observations there are. */
    public int size() {
        return size;
    }

    /** The longest time, found or not: behind it nothing is known. */
    public double last() {
        return last;
    }

    /** The share that has not found anything at {@code time}. */
    public double survival(double time) {
        double survival = 1;
        for (Step step : steps) {
            if (step.time() > time) {
                break;
            }
            survival = step.survival();
        }
        return survival;
    }

    /**
     * The pointwise band at a step, on the scale of log(-log) (Kalbfleisch and Prentice 1980), which keeps it between 0
     * and 1.
     *
     * @param confidence such as 0.95
     */
    public static Band band(Step step, double confidence) {
        double survival = step.survival();
        if (survival <= 0) {
            return new Band(0, 0);
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        double width = z * step.standardError() / (survival * -Math.log(survival));
        return new Band(Math.pow(survival, Math.exp(width)), Math.pow(survival, Math.exp(-width)));
    }

    /**
     * The time by which the share {@code p} has found something; the middle of the range when every time in a range is
     * such a time, so that it is the usual median where nothing is censored.
     *
     * @return empty when fewer have found anything
     */
    public OptionalDouble quantile(double p) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            double over = step.survival() - (1 - p);
            if (Math.abs(over) <= ROUNDING) {
                return OptionalDouble.of(
                        i + 1 < steps.size() ? (step.time() + steps.get(i + 1).time()) / 2 : step.time());
            }
            if (over < 0) {
                return OptionalDouble.of(step.time());
            }
        }
        return OptionalDouble.empty();
    }

    /** The time by which half have found something; empty when fewer have. */
    public OptionalDouble median() {
        return quantile(0.5);
    }

    /** The mean time when nobody looks longer than {@code limit}: the area under the curve until then. */
    public double restrictedMean(double limit) {
        double area = 0;
        double survival = 1;
        double from = 0;
        for (Step step : steps) {
            if (step.time() >= limit) {
                break;
            }
            area += survival * (step.time() - from);
            from = step.time();
            survival = step.survival();
        }
        return area + survival * (limit - from);
    }
}
