package org.mmrace.kernel;

/** Sees every lock that a task takes and drops (lockdep's place). Called on the thread of the task. */
public interface LockObserver {
    /** Sees nothing. */
    LockObserver NONE = new LockObserver() {
        @Override
        public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {}

        @Override
        public void released(Task task, Lockable lock) {}
    };

    /** {@code task} is about to take {@code lock}; what it holds already is in {@link Task#held()}. */
    void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock);

    /** {@code task} has dropped {@code lock}. */
    void released(Task task, Lockable lock);
}
