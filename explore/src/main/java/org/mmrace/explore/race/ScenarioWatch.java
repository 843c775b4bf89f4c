package org.mmrace.explore.race;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.RunListener;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;
import org.mmrace.op.StageNames;
import org.mmrace.script.Scenario;
import org.mmrace.script.ScenarioRun;

/**
 * Looks for data races, for circles of locks, or for both, in runs of scenarios; one object for as many runs as there
 * are. What it finds says nothing about functions until {@link #explain} has run the same schedule once more.
 */
public final class ScenarioWatch implements RunListener {
    private final boolean races;
    private final @Nullable LockGraph locks;
    private @Nullable RaceDetector detector;
    private StepListener lockListener = StepListener.NONE;

    /**
     * A watch.
     *
     * @param races whether to look for data races
     * @param locks where to note the order of locks; null not to
     */
    public ScenarioWatch(boolean races, @Nullable LockGraph locks) {
        this.races = races;
        this.locks = locks;
    }

    @Override
    public void begins(ScenarioRun run, Execution execution) {
        anew();
    }

    /** Listens to one more run. */
    public StepListener anew() {
        detector = races ? new RaceDetector() : null;
        lockListener = locks == null ? StepListener.NONE : locks.listener();
        return this;
    }

    @Override
    public void happens(Step step) {
        lockListener.happens(step);
        if (detector != null) {
            detector.happens(step);
        }
    }

    @Override
    public void fenced() {
        if (detector != null) {
            detector.fenced();
        }
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        lockListener.acquiring(task, lock, mode, trylock);
    }

    /** Whether the last run had a data race. */
    public boolean sawRace() {
        return detector != null && detector.hasRaces();
    }

    /**
     * The data races of a run, with the names of cells, functions and lines; call it within {@link TaskPool#drive}.
     *
     * @param schedule that of the run
     */
    public static List<DataRace> explain(Scenario scenario, KernelConfig config, TaskPool pool, Schedule schedule) {
        Explanation explanation = new Explanation();
        ControlledRun.of(scenario, config, pool, Replay.ofPrefix(schedule), Limits.DEFAULT, explanation);
        return explanation.detector.races();
    }

    private static final class Explanation implements RunListener {
        private final RaceDetector detector = new RaceDetector(this::name, true);
        private @Nullable StageNames names;
        private Runnable refresh = () -> {};

        @Override
        public void begins(ScenarioRun run, Execution execution) {
            StageNames known = run.stage().names();
            names = known;
            refresh = run.machine().kernel().observing(Runnable.class, known::refresh);
        }

        private @Nullable String name(Object cell, int index) {
            refresh.run();
            return names == null ? null : names.cells().nameOf(cell, index);
        }

        @Override
        public boolean wantsSources() {
            return true;
        }

        @Override
        public void happens(Step step) {
            detector.happens(step);
        }

        @Override
        public void over(Choice choice) {
            detector.over(choice);
        }

        @Override
        public void fenced() {
            detector.fenced();
        }
    }
}
