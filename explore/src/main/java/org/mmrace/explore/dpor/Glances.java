package org.mmrace.explore.dpor;

/**
 * What an event touched that its step did not announce: what observers looked at while it was under way, and ghosts.
 *
 * @param accesses as {@link Trace} encodes them
 * @param known the places below this number had been touched before the event, so that they have the same number in
 *     every execution that begins like this one
 */
record Glances(int[] accesses, int known) {
    /** Nothing. */
    static final Glances NONE = new Glances(new int[0], 0);

    /** Nobody knows. */
    static final Glances ANYTHING = new Glances(new int[0], 0);

    /**
     * Whether the order of this and an access, in another execution, may matter.
     *
     * @param ghost whether the access is to a ghost
     */
    boolean meets(int access, boolean ghost) {
        if (this == ANYTHING) {
            return ghost || Trace.writes(access);
        }
        for (int mine : accesses) {
            boolean same = mine >> 1 == access >> 1 || (mine >> 1 >= known && access >> 1 >= known);
            if (same && (Trace.writes(mine) || Trace.writes(access))) {
                return true;
            }
        }
        return false;
    }
}
