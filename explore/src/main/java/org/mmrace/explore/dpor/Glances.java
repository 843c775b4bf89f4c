package org.mmrace.explore.dpor;

/**
 * What an event touched that its step did not announce: what observers looked at while it was under way, and ghosts.
 *
 * @param accesses as {@link Trace} encodes them
 * @param looks of the places, see {@link Trace}
 * @param known the places below this number had been touched before the event, so that they have the same number in
 *     every execution that begins like this one
 */
record Glances(int[] accesses, int[] looks, int known) {
    /** Nothing. */
    static final Glances NONE = new Glances(new int[0], new int[0], 0);

    /** Nobody knows. */
    static final Glances ANYTHING = new Glances(new int[0], new int[0], 0);

    /**
     * Whether the order of this and an access, in another execution, may matter.
     *
     * @param look of its place
     * @param ghost whether the access is to a ghost
     */
    boolean meets(int access, int look, boolean ghost) {
        if (this == ANYTHING) {
            return ghost || Trace.writes(access);
        }
        for (int i = 0; i < accesses.length; i++) {
            int mine = accesses[i] >> 1;
            boolean same = mine == access >> 1 && mine < known;
            boolean maybe = mine >= known && access >> 1 >= known && looks[i] == look;
            if ((same || maybe) && (Trace.writes(accesses[i]) || Trace.writes(access))) {
                return true;
            }
        }
        return false;
    }
}
