package org.mmrace.explore;

import org.jspecify.annotations.Nullable;

/** One thread of a {@link TaskPool}: waits for work, does it, and waits again. */
final class Fiber {
    private final Baton baton;
    private @Nullable Runnable work;

    /** A thread of this kind, started. */
    Fiber(TaskThreads threads) {
        Thread thread = threads.newThread(this::loop);
        baton = new Baton(thread);
        thread.start();
    }

    private void loop() {
        baton.await();
        for (Runnable next = work; next != null; next = work) {
            work = null;
            next.run();
            baton.await();
        }
    }

    /** What to do when it gets the baton next. */
    void prepare(Runnable newWork) {
        work = newWork;
    }

    /** Lets it run: begin its work, or go on with it. */
    void resume() {
        baton.give();
    }

    /** Called on this thread, in the middle of its work: waits until somebody resumes it. */
    void await() {
        baton.await();
    }

    /** Ends the thread, which must be without work. */
    void close() {
        resume();
    }
}
