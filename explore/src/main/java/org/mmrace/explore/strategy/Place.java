package org.mmrace.explore.strategy;

import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Step;

/**
 * What a step is about, as a key of maps: objects are the same when they are one, so it means nothing in another
 * execution.
 *
 * @param object a cell, a lock or a CPU
 * @param index which element of an array of cells, else 0
 */
record Place(Object object, int index) {
    /** That of {@code step}; null when it concerns nothing shared. */
    static @Nullable Place of(Step step) {
        Object object = step.object();
        return object == null ? null : new Place(object, step.index());
    }
}
