package org.mmrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that tasks run on, used again for one execution after the other: virtual threads on JDK 21 and later,
 * else platform threads. One execution at a time.
 */
public final class TaskPool implements AutoCloseable {
    private final TaskThreads threads;
    private final List<Fiber> fibers = new ArrayList<>();
    private @Nullable Thread driver;

    /** A pool without threads; they are made when they are needed. */
    public TaskPool() {
        this(TaskThreads.best());
    }

    TaskPool(TaskThreads threads) {
        this.threads = threads;
    }

    /** The {@code i}-th thread, made and started if it does not exist. */
    Fiber fiber(int i) {
        while (fibers.size() <= i) {
            fibers.add(new Fiber(threads));
        }
        return fibers.get(i);
    }

    /**
     * Calls {@code loop}, which runs many executions on this pool, on the kind of thread from which handing over to the
     * tasks costs least, and gives what it gives. {@code loop} may call this again.
     *
     * @throws IllegalStateException when the calling thread is interrupted; the loop goes on
     */
    public <T extends @Nullable Object> T drive(Supplier<T> loop) {
        if (!threads.virtual() || Thread.currentThread().equals(driver)) {
            return loop.get();
        }
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        List<T> result = new ArrayList<>(1);
        Thread newDriver = threads.newThread(() -> result.add(loop.get()));
        newDriver.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        driver = newDriver;
        newDriver.start();
        try {
            newDriver.join();
            driver = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while executions run", e);
        }
        Throwable failure = thrown.get();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return result.get(0);
    }

    /** Ends the threads; no execution may be running. */
    @Override
    public void close() {
        fibers.forEach(Fiber::close);
        fibers.clear();
    }
}
