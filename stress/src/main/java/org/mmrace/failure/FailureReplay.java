package org.mmrace.failure;

import java.util.List;
import java.util.Optional;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.StaleScheduleException;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.script.Scenario;

/** Repeats the run of a failure file. */
public final class FailureReplay {
    private final Scenario scenario;
    private final KernelConfig config;
    private final Schedule schedule;
    private final Symptom symptom;

    private FailureReplay(FailureFile file, Schedule schedule) {
        this.scenario = file.scenario();
        this.config = scenario.config(true);
        this.schedule = schedule;
        this.symptom = new Symptom(file.replay().violation());
    }

    /**
     * Checks that the schedule of {@code file} is one of its scenario, and of this version.
     *
     * @param version of this mmrace
     * @throws MalformedScenarioException with the place of what is wrong
     */
    public static FailureReplay of(FailureFile file, String version) throws MalformedScenarioException {
        String madeBy = file.replay().version();
        if (!madeBy.equals(version)) {
            throw stale(
                    file,
                    "version",
                    "written by mmrace " + madeBy + ", and this is " + version
                            + ": the same schedule may mean something else");
        }
        Schedule schedule;
        try {
            schedule = Schedule.parse(file.replay().schedule());
        } catch (IllegalArgumentException e) {
            throw stale(file, "schedule", "no schedule: " + e.getMessage());
        }
        int tasks = file.scenario().tasks().size();
        for (int i = 0; i < schedule.size(); i++) {
            if (!schedule.isData(i) && schedule.task(i) >= tasks) {
                throw stale(
                        file,
                        "schedule",
                        "no schedule of this scenario: decision " + (i + 1) + " is for task " + schedule.task(i)
                                + ", and the tasks are 0 to " + (tasks - 1));
            }
        }
        try {
            schedule.requireProgram(Failure.program(file.scenario()));
        } catch (StaleScheduleException e) {
            throw stale(file, "schedule", String.valueOf(e.getMessage()));
        }
        return new FailureReplay(file, schedule);
    }

    private static MalformedScenarioException stale(FailureFile file, String key, String message) {
        return MalformedScenarioException.of(List.of(file.problem(key, message)));
    }

    /** What the file says that the run shows. */
    public Symptom symptom() {
        return symptom;
    }

    /**
     * Runs it once; call it within {@link TaskPool#drive}.
     *
     * @throws DivergedException when the program does not do the same
     */
    public ControlledRun run(TaskPool pool) {
        return checked(ControlledRun.of(scenario, config, pool, new Replay(schedule)));
    }

    /** As {@link #run}, and writes down every step. */
    public Trace trace(TaskPool pool) {
        Trace trace = Trace.of(scenario, config, pool, new Replay(schedule));
        checked(trace.run());
        return trace;
    }

    /** The first {@code steps} steps, written down. */
    public Trace until(TaskPool pool, int steps) {
        return Trace.of(scenario, config, pool, new Replay(schedule), steps);
    }

    /** The first {@code steps} steps, and then on as {@code free} decides. */
    public Trace freeAfter(TaskPool pool, int steps, Strategy free) {
        return Trace.of(scenario, config, pool, new Departure(new Replay(schedule), steps, free));
    }

    /** What {@code run} shows instead; empty if it shows what the file says. */
    public Optional<String> difference(ControlledRun run) {
        if (symptom.isShownBy(run)) {
            return Optional.empty();
        }
        return Optional.of("the run does not show " + symptom + ", but "
                + Symptom.of(run, scenario.violates()).map(Symptom::id).orElse("nothing"));
    }

    private ControlledRun checked(ControlledRun run) {
        Schedule made = run.ending().schedule();
        if (schedule.size() > made.size()) {
            throw new DivergedException(
                    "the run is over after " + made.size() + " decisions, and " + schedule + " has " + schedule.size());
        }
        return run;
    }
}
