package org.mmrace.explore;

/** A schedule was made for another program than the one that is to follow it. */
public final class StaleScheduleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    StaleScheduleException(String made, String asked) {
        super("the schedule was made for program " + made + ", and this program is " + asked
                + ": the program, its knobs or its faults have changed since");
    }
}
