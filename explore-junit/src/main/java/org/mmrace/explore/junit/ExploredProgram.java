package org.mmrace.explore.junit;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.Tasks;

/**
 * The program of a test method, with somebody who listens to each of its executions.
 *
 * @param program what the method says
 * @param hash names the program in schedules
 * @param listeners makes the listener of one execution
 */
record ExploredProgram<L extends StepListener>(Subject<Outcome> program, String hash, Supplier<L> listeners)
        implements Subject<ExploredProgram.Run<L>> {
    /** What one execution has come to, and who has listened. */
    record Run<L>(Outcome outcome, L listener) {}

    static <L extends StepListener> ExploredProgram<L> of(
            int cpus, BiConsumer<ControlledKernel, Tasks> method, String hash, Supplier<L> listeners) {
        return new ExploredProgram<>(Subject.of(cpus, method), hash, listeners);
    }

    /** @throws IllegalStateException when the method adds no task: such a test would prove nothing, and pass */
    @Override
    public Attempt<Run<L>> attempt() {
        Attempt<Outcome> attempt = program.attempt();
        if (attempt.tasks().isEmpty()) {
            throw new IllegalStateException("no task was added: tasks.add(name, body) adds one");
        }
        L listener = listeners.get();
        return new Attempt<>() {
            @Override
            public ControlledKernel kernel() {
                return attempt.kernel();
            }

            @Override
            public List<TaskBody> tasks() {
                return attempt.tasks();
            }

            @Override
            public StepListener listener() {
                return listener;
            }

            @Override
            public Run<L> judge(Ending ending) {
                return new Run<>(attempt.judge(ending), listener);
            }
        };
    }
}
