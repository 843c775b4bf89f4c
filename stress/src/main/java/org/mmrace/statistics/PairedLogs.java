package org.mmrace.statistics;

import java.util.List;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Times of two ways to do the same things, each pair for one thing: how often each was faster, the geometric mean of
 * the ratios, and the signed-rank test of Wilcoxon (1945) on their logarithms.
 *
 * @param wins how often the first was faster
 * @param ties how often they took the same time
 * @param losses how often the second was faster
 * @param ratio the geometric mean of first / second; below 1 the first is faster
 * @param p how likely ranks at least as different are when neither is faster; 1 when all are ties
 */
public record PairedLogs(int wins, int ties, int losses, double ratio, double p) {
    /**
     * Compares.
     *
     * @param first more than 0 each
     * @param second more than 0 each, in the same order
     * @throws IllegalArgumentException when there is no pair, or an unpaired one
     */
    public static PairedLogs of(List<Double> first, List<Double> second) {
        if (first.isEmpty() || first.size() != second.size()) {
            throw new IllegalArgumentException(first.size() + " and " + second.size() + " are not pairs");
        }
        double[] logs = new double[first.size()];
        int wins = 0;
        int losses = 0;
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(first.get(i) / second.get(i));
            sum += logs[i];
            wins += logs[i] < 0 ? 1 : 0;
            losses += logs[i] > 0 ? 1 : 0;
        }
        int ties = logs.length - wins - losses;
        double p = ties == logs.length
                ? 1
                : WilcoxonSignedRankTest.withDefaults().test(logs).getPValue();
        return new PairedLogs(wins, ties, losses, Math.exp(sum / logs.length), p);
    }
}
