package org.mmrace.explore.dpor;

/**
 * What an event read that its step did not announce: what observers looked at while it was under way.
 *
 * @param places their numbers
 * @param known the places below this number had been touched before the event, so that they have the same number in
 *     every execution that begins like this one
 */
record Glances(int[] places, int known) {
    /** Nobody looked. */
    static final Glances NONE = new Glances(new int[0], 0);

    /** Nobody knows. */
    static final Glances ANYTHING = new Glances(new int[0], 0);

    /** Whether a change of {@code place}, in another execution, may have been seen. */
    boolean mayHaveSeen(int place) {
        if (this == ANYTHING) {
            return true;
        }
        for (int seen : places) {
            if (seen == place || (seen >= known && place >= known)) {
                return true;
            }
        }
        return false;
    }
}
