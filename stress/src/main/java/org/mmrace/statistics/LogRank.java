package org.mmrace.statistics;

import java.util.List;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether two groups find things at different rates (Mantel 1966, Peto and Peto 1972): at each time at which something
 * is found, each group is expected to have its share of it by how many of it still look.
 *
 * @param observed how many of the first group found something
 * @param expected how many would have, were the groups alike
 * @param chiSquared the statistic, with one degree of freedom; 0 when nothing is known
 * @param p how likely a difference at least as large is between groups that are alike
 */
public record LogRank(double observed, double expected, double chiSquared, double p) {
    /** Compares two groups. */
    public static LogRank of(List<Observation> first, List<Observation> second) {
        TreeSet<Double> times = new TreeSet<>();
        first.stream().filter(Observation::found).forEach(one -> times.add(one.time()));
        second.stream().filter(Observation::found).forEach(one -> times.add(one.time()));
        double observed = 0;
        double expected = 0;
        double variance = 0;
        for (double time : times) {
            double mine = atRisk(first, time);
            double all = mine + atRisk(second, time);
            double found = found(first, time);
            double allFound = found + found(second, time);
            observed += found;
            expected += allFound * mine / all;
            if (all > 1) { // hypergeometric
                variance += allFound * (mine / all) * (1 - mine / all) * (all - allFound) / (all - 1);
            }
        }
        double difference = observed - expected;
        double chiSquared = variance > 0 ? difference * difference / variance : 0;
        return new LogRank(
                observed, expected, chiSquared, ChiSquaredDistribution.of(1).survivalProbability(chiSquared));
    }

    private static long atRisk(List<Observation> group, double time) {
        return group.stream().filter(one -> one.time() >= time).count();
    }

    private static long found(List<Observation> group, double time) {
        return group.stream().filter(one -> one.found() && one.time() == time).count();
    }
}
