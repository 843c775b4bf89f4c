package org.mmrace.explore;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/** Tells whoever listens to an execution what is no step. */
final class Told implements LockObserver {
    private final LockObserver observer;
    private final Supplier<@Nullable Execution> decider;

    /**
     * Tells of locks.
     *
     * @param observer sees them too
     * @param decider the execution, null when nobody listens
     */
    Told(LockObserver observer, Supplier<@Nullable Execution> decider) {
        this.observer = observer;
        this.decider = decider;
    }

    /** Tells of a barrier. */
    static void fence(@Nullable Execution now) {
        if (now != null) {
            now.settings.listener().fenced();
        }
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        observer.acquiring(task, lock, mode, trylock);
        Execution now = decider.get();
        if (now != null) {
            now.settings.listener().acquiring(task, lock, mode, trylock);
        }
    }

    @Override
    public void released(Task task, Lockable lock) {
        observer.released(task, lock);
    }
}
