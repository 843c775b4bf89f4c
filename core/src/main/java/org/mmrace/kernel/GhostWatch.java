package org.mmrace.kernel;

/**
 * Sees which ghosts are read and changed. Ghosts are no cells, so that a scheduler does not see them otherwise; but
 * what the checks say may depend on the order in which tasks change and read them.
 */
@FunctionalInterface
public interface GhostWatch {
    /**
     * A ghost is about to be accessed; called on the thread that does it.
     *
     * @param ghost a {@link Ghost}, a {@link GhostArray} or what else checks keep
     * @param index the element of an array, else 0
     * @param writes whether it changes
     */
    void touched(Object ghost, int index, boolean writes);
}
