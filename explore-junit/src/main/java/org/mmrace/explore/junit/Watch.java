package org.mmrace.explore.junit;

import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.race.LockGraph;
import org.mmrace.explore.race.RaceDetector;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/** Looks for what the annotation asks for, in one execution. */
final class Watch implements StepListener {
    private final @Nullable RaceDetector races;
    private final StepListener locks;

    Watch(Explore explore, LockGraph locks) {
        this.races = explore.races() ? new RaceDetector() : null;
        this.locks = explore.lockOrder() ? locks.listener() : StepListener.NONE;
    }

    boolean hasRaces() {
        return races != null && races.hasRaces();
    }

    @Override
    public void happens(Step step) {
        locks.happens(step);
        if (races != null) {
            races.happens(step);
        }
    }

    @Override
    public void fenced() {
        if (races != null) {
            races.fenced();
        }
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        locks.acquiring(task, lock, mode, trylock);
    }
}
