package org.mmrace.explore;

import java.util.List;
import java.util.function.BiConsumer;

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
     * Names the program, so that a schedule of another one is refused: 8 hexadecimal digits that change when the
     * program does, such as {@link ProgramHash} makes of its text; or {@link Schedule#ANY_PROGRAM}.
     */
    default String hash() {
        return Schedule.ANY_PROGRAM;
    }

    /**
     * A small program, written down in one place.
     *
     * @param cpus one for each task, at least
     * @param program makes the shared state, and adds the tasks and what is to be checked at the end; called for each
     *     execution
     */
    static Subject<Outcome> of(int cpus, BiConsumer<ControlledKernel, Tasks> program) {
        return () -> {
            Tasks tasks = new Tasks(cpus);
            program.accept(tasks.kernel(), tasks);
            return tasks;
        };
    }

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

        /** Sees its steps; asked once. */
        default StepListener listener() {
            return StepListener.NONE;
        }

        /** The execution is over: what it has come to. */
        R judge(Ending ending);
    }
}
