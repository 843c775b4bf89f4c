package org.mmrace.failure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.StaleScheduleException;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.race.ScenarioWatch;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.script.Scenario;

/** Repeats the run of a failure file. */
public final class FailureReplay {
    /** What files are also found by, which one cannot ask for. */
    private static final Set<String> WITHOUT_NAME = Set.of("one-after-another", "scripted");

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
        try {
            requireStrategy(file.replay().strategy());
        } catch (IllegalArgumentException e) {
            throw stale(file, "strategy", String.valueOf(e.getMessage()));
        }
        Schedule schedule;
        try {
            schedule = Schedule.parse(file.replay().schedule());
        } catch (IllegalArgumentException e) {
            throw stale(file, "schedule", "no schedule: " + e.getMessage());
        }
        int tasks = file.scenario().tasks().size();
        if (tasks > Schedule.TASKS_MAX) {
            throw stale(
                    file,
                    "schedule",
                    "no schedule of this scenario: it has " + tasks + " tasks: expected at most " + Schedule.TASKS_MAX
                            + ", because a schedule has a letter for each");
        }
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

    private static void requireStrategy(String word) {
        if (!WITHOUT_NAME.contains(word)) {
            StrategyName.parse(word);
        }
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
        return checked(
                ControlledRun.of(scenario, config, pool, new Replay(schedule)).ofProgram(schedule.program()));
    }

    /** As {@link #run}, and writes down every step. */
    public Trace trace(TaskPool pool) {
        Trace trace = named(Trace.of(scenario, config, pool, new Replay(schedule)));
        checked(trace.run());
        return trace;
    }

    private Trace named(Trace trace) {
        return trace.ofProgram(schedule.program());
    }

    /** The first {@code steps} steps, written down. */
    public Trace until(TaskPool pool, int steps) {
        return named(Trace.of(scenario, config, pool, new Replay(schedule), steps));
    }

    /** The first {@code steps} steps, and then on as {@code free} decides. */
    public Trace freeAfter(TaskPool pool, int steps, Strategy free) {
        return named(Trace.of(scenario, config, pool, new Departure(new Replay(schedule), steps, free)));
    }

    /**
     * The data races of {@code run}, a run of this program, if the file is about one; else none. Call it within
     * {@link TaskPool#drive}.
     */
    public List<DataRace> dataRaces(TaskPool pool, ControlledRun run) {
        return symptom.isDataRace()
                ? ScenarioWatch.explain(scenario, config, pool, run.ending().schedule())
                : List.of();
    }

    /** As the other one, for a run in which nobody has looked for data races. */
    public Optional<String> difference(ControlledRun run) {
        return difference(run, List.of());
    }

    /**
     * What {@code run} shows instead; empty if it shows what the file says.
     *
     * @param races its {@link #dataRaces}
     */
    public Optional<String> difference(ControlledRun run, List<DataRace> races) {
        if (symptom.isShownBy(run) || !races.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the run "
                + Symptom.of(run, scenario.violates())
                        .map(shown -> "shows " + shown)
                        .orElse("is clean")
                + "; the file says " + symptom);
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
