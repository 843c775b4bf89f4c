package org.mmrace.explore.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Settings;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.TaskPool;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.ScenarioRun;
import org.mmrace.script.ScriptedTask;
import org.mmrace.script.Verdict;

/**
 * One run of a scenario under a {@link Strategy}: setup, the tasks one step at a time, the end.
 *
 * @param verdict what it has shown; a deadlock, a livelock and an execution without end break {@link Invariant#I32}
 * @param ending how the tasks ended
 */
public record ControlledRun(Verdict verdict, Ending ending) {
    private static final Set<How> SAYS_NOTHING = EnumSet.of(How.FAILED, How.STOPPED);

    /**
     * Runs {@code scenario}.
     *
     * @param config its kernel, such as {@link Scenario#config}
     * @param pool its threads
     * @throws org.mmrace.op.SetupFailedException when what the scenario declares is refused
     * @throws DivergedException when the strategy cannot follow its schedule or script
     * @throws IllegalStateException when the model itself fails, with the schedule that makes it fail
     */
    public static ControlledRun of(Scenario scenario, KernelConfig config, TaskPool pool, Strategy strategy) {
        return of(scenario, config, pool, strategy, Limits.DEFAULT, RunListener.NONE);
    }

    /** As the other one, with other limits and somebody who listens. */
    public static ControlledRun of(
            Scenario scenario,
            KernelConfig config,
            TaskPool pool,
            Strategy strategy,
            Limits limits,
            RunListener listener) {
        List<ControlledKernel> kernels = new ArrayList<>(1);
        ScenarioRun run = new ScenarioRun(scenario, config, watch -> {
            kernels.add(new ControlledKernel(watch.cpus(), watch.log(), watch.locks(), watch.retries()));
            return kernels.get(0);
        });
        run.setup();
        List<TaskBody> tasks = run.tasks().stream()
                .map(task -> new TaskBody(task.task(), task))
                .toList();
        Execution execution = new Execution(
                kernels.get(0), pool, strategy, Settings.DEFAULT.within(limits).listening(listener));
        listener.begins(run, execution);
        Ending ending = execution.run(tasks);
        listener.ended(ending);
        return of(run, ending);
    }

    /**
     * The same, with the name of its program in its schedule.
     *
     * @throws IllegalArgumentException when it is no such name
     */
    public ControlledRun ofProgram(String program) {
        return new ControlledRun(verdict, ending.ofProgram(program));
    }

    /** What {@code run}, whose tasks ended so, has come to. */
    static ControlledRun of(ScenarioRun run, Ending ending) {
        if (ending.how() == How.FAILED && !run.hasViolation()) {
            throw new IllegalStateException(run + " with schedule " + ending.schedule(), ending.failure());
        }
        return new ControlledRun(ending.how() == How.COMPLETE ? run.finish() : stuck(run, ending), ending);
    }

    private static Verdict stuck(ScenarioRun run, Ending ending) {
        Verdict seen = run.abandon();
        boolean crashed = run.tasks().stream().anyMatch(ScriptedTask::crashed);
        if (ending.how() == How.REDUNDANT) { // its results are not there yet; others have shown them
            return new Verdict(seen.violations(), List.of(), seen.results(), Outcome.Grade.ACCEPTABLE, null);
        }
        if (crashed || SAYS_NOTHING.contains(ending.how())) {
            return seen; // who waits for a dead task, or falls over what is broken, says nothing new
        }
        List<Violation> violations = new ArrayList<>(seen.violations());
        violations.add(new Violation(Invariant.I32, ending.how().word() + ": " + ending.detail(), null));
        return new Verdict(violations, seen.failedChecks(), seen.results(), seen.grade(), seen.outcome());
    }
}
