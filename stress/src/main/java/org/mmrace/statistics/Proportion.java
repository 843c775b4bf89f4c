package org.mmrace.statistics;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * A share of hits with the range that holds the true one with some confidence.
 *
 * @param hits how many
 * @param tries of how many
 * @param low from here
 * @param high to here
 */
public record Proportion(int hits, int tries, double low, double high) {
    /** Never too narrow (Clopper and Pearson, Biometrika 26, 1934). */
    public static Proportion exact(int hits, int tries, double confidence) {
        return of(BinomialConfidenceInterval.CLOPPER_PEARSON, hits, tries, confidence);
    }

    /** Right on average, and narrower (Wilson, JASA 22, 1927). */
    public static Proportion wilson(int hits, int tries, double confidence) {
        return of(BinomialConfidenceInterval.WILSON_SCORE, hits, tries, confidence);
    }

    private static Proportion of(BinomialConfidenceInterval kind, int hits, int tries, double confidence) {
        Interval interval = kind.fromErrorRate(tries, hits, 1 - confidence);
        return new Proportion(hits, tries, interval.getLowerBound(), interval.getUpperBound());
    }

    /** The share that was seen. */
    public double share() {
        return (double) hits / tries;
    }
}
