package org.mmrace.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Many tests at a time: the step-down correction of Holm (Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {
    private Holm() {}

    /**
     * Corrects.
     *
     * @param ps the probability of each test
     * @return the corrected one of each, in the same order: those below a level are significant at that level together
     */
    public static List<Double> adjust(List<Double> ps) {
        List<Integer> order = IntStream.range(0, ps.size())
                .boxed()
                .sorted(Comparator.comparing(ps::get))
                .toList();
        List<Double> adjusted = new ArrayList<>(ps);
        double most = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            most = Math.max(most, Math.min(1, (ps.size() - rank) * ps.get(order.get(rank))));
            adjusted.set(order.get(rank), most);
        }
        return adjusted;
    }
}
