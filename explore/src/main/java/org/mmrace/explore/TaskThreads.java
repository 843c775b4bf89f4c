package org.mmrace.explore;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;

/**
 * What tasks run on. A hand-over from one task to the next is an unpark and a park: 0.2 microseconds between virtual
 * threads, 4 to 14 between platform threads.
 */
interface TaskThreads {
    /** A thread that will run {@code body}, not started. */
    Thread newThread(Runnable body);

    /** Whether a thread of this kind hands over to another one of its kind much faster than to a platform thread. */
    boolean virtual();

    /** Virtual threads where the JDK has them (21 or later), else platform threads. */
    static TaskThreads best() {
        return Runtime.version().feature() < 21 ? platform() : virtualThreads();
    }

    /** Platform threads, which do not keep the JVM alive. */
    static TaskThreads platform() {
        return new Made(TaskThreads::newDaemon, false);
    }

    private static Thread newDaemon(Runnable body) {
        Thread thread = new Thread(body, "mmrace-task");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Virtual threads, all on one carrier thread unless the JVM was told otherwise: only one of them runs at a time,
     * and a hand-over within a carrier costs least. By reflection, because this code is compiled for 17.
     */
    private static TaskThreads virtualThreads() {
        String parallelism = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(parallelism) == null) {
            System.setProperty(parallelism, "1");
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object factory = Class.forName("java.lang.Thread$Builder")
                    .getMethod("factory")
                    .invoke(builder);
            return new Made((ThreadFactory) factory, true);
        } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException e) {
            throw new IllegalStateException("a JDK since 21 has Thread.ofVirtual()", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Thread.ofVirtual() failed", e.getCause());
        }
    }

    /**
     * The one implementation; only the factories differ.
     *
     * @param factory makes the threads
     * @param virtual as {@link TaskThreads#virtual()}
     */
    record Made(ThreadFactory factory, boolean virtual) implements TaskThreads {
        @Override
        public Thread newThread(Runnable body) {
            return factory.newThread(body);
        }
    }
}
