package org.mmrace.verify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long jcstress runs each test: what a total time allows, after the time that it needs to start.
 *
 * @param forks JVMs per test and configuration
 * @param iterations of each of them
 * @param millis of each iteration
 * @param expected about how long everything takes
 */
record JcstressBudget(int forks, int iterations, int millis, Duration expected) {
    private static final int QUICK_ITERATIONS = 5;
    private static final int QUICK_MILLIS = 200;
    private static final int MILLIS_MIN = 10;

    /** Another JVM compiles anew, which is worth more than another iteration. */
    private static final int FORK_SECONDS = 10;

    /** Both measured on two cores with JDK 17 and 25; the second is what a fork takes beside its iterations. */
    private static final long PROBING_MILLIS = 4500;

    private static final long FORK_MILLIS = 2100;

    /** JDK 17 and older run everything with and without biased locking. */
    private static final int LAST_MAJOR_WITH_BIASED_LOCKING = 17;

    /**
     * Chooses.
     *
     * @param tests how many there are, at least one
     * @param jdk that runs them
     * @param time for all of them; null for what jcstress calls quick
     */
    static JcstressBudget of(int tests, Jdk jdk, @Nullable Duration time) {
        int configurations = jdk.major() <= LAST_MAJOR_WITH_BIASED_LOCKING ? 2 : 1;
        long results = (long) tests * configurations;
        if (time == null) {
            return new JcstressBudget(
                    1, QUICK_ITERATIONS, QUICK_MILLIS, expected(results, 1, QUICK_ITERATIONS * QUICK_MILLIS));
        }
        long perResult = Math.max(0, time.toMillis() - PROBING_MILLIS) / results;
        int forks = (int) Math.max(1, perResult / (FORK_SECONDS * 1000L));
        long perFork = Math.max(0, perResult / forks - FORK_MILLIS);
        int millis = (int) Math.max(MILLIS_MIN, perFork / QUICK_ITERATIONS);
        return new JcstressBudget(forks, QUICK_ITERATIONS, millis, expected(results, forks, QUICK_ITERATIONS * millis));
    }

    private static Duration expected(long results, int forks, int forkMillis) {
        return Duration.ofMillis(PROBING_MILLIS + results * forks * (FORK_MILLIS + forkMillis));
    }

    /** For jcstress. */
    List<String> arguments() {
        return List.of(
                "-m",
                "quick",
                "-f",
                String.valueOf(forks),
                "-iters",
                String.valueOf(iterations),
                "-time",
                String.valueOf(millis));
    }

    @Override
    public String toString() {
        return forks + (forks == 1 ? " fork" : " forks") + " of " + iterations + " x " + millis + " ms";
    }
}
