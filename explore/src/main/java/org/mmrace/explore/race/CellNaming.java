package org.mmrace.explore.race;

import org.jspecify.annotations.Nullable;

/** Knows what reports call cells. */
@FunctionalInterface
public interface CellNaming {
    /** Knows no name. */
    CellNaming NONE = (cell, index) -> null;

    /** The name of {@code cell}, or of its element {@code index} if it is an array; null if nobody has told it. */
    @Nullable
    String nameOf(Object cell, int index);
}
