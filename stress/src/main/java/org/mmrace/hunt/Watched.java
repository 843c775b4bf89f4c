package org.mmrace.hunt;

import java.util.List;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.race.PotentialDeadlock;

/**
 * What a {@link Watch} has seen.
 *
 * @param dataRaces of the execution that was found
 * @param potentialDeadlocks circles of locks, of all executions together
 */
public record Watched(List<DataRace> dataRaces, List<PotentialDeadlock> potentialDeadlocks) {
    /** Nothing. */
    public static final Watched NOTHING = new Watched(List.of(), List.of());

    /** Keeps its own copies. */
    public Watched {
        dataRaces = List.copyOf(dataRaces);
        potentialDeadlocks = List.copyOf(potentialDeadlocks);
    }
}
