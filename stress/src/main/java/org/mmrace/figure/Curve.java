package org.mmrace.figure;

import java.util.List;
import org.mmrace.statistics.KaplanMeier;
import org.mmrace.statistics.Observation;

/**
 * One line of a {@link SurvivalFigure}.
 *
 * @param name what the legend says
 * @param observations what it is the curve of; at least one
 */
public record Curve(String name, List<Observation> observations) {
    /** Keeps its own copy. */
    public Curve {
        observations = List.copyOf(observations);
    }

    KaplanMeier estimate() {
        return KaplanMeier.of(observations);
    }
}
