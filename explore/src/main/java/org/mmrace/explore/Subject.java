package org.mmrace.explore;

import java.util.List;

/**
 * A program that can be run again and again, each time from its beginning. It must do the same whenever it is scheduled
 * the same.
 *
 * @param <R> what one run comes to
 */
@FunctionalInterface
public interface Subject<R> {
    /** A fresh instance, for one execution. */
    Attempt<R> attempt();

    /**
     * One instance of the program.
     *
     * @param <R> what its run comes to
     */
    interface Attempt<R> {
        /** The kernel that its tasks use. */
        ControlledKernel kernel();

        /** Its tasks; the same ones in the same order for every instance. */
        List<TaskBody> tasks();

        /** The execution is over: what it has come to. */
        R judge(Ending ending);
    }
}
