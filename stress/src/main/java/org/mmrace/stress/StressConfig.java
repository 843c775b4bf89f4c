package org.mmrace.stress;

import java.time.Duration;
import org.mmrace.fault.KernelConfig;

/**
 * What a campaign does.
 *
 * @param kernel the simulated kernel
 * @param threads workers, each with a CPU of its own
 * @param processes address spaces that live through the campaign
 * @param seed where all random choices come from; more than one thread never repeats a run exactly
 * @param duration how long; of no meaning if {@code opsPerThread} is not 0
 * @param opsPerThread how many operations each worker does, 0 to go by time
 * @param epoch how often all workers meet and everything is recounted
 * @param epochOps the same in operations of each worker, if {@code opsPerThread} is not 0
 * @param mix how often each role is played
 * @param monitors whether every page-table entry, count and lock is watched, too; the recounts are always done
 * @param processesDisjoint whether each worker has a process, files and drivers of its own, for benchmarks
 */
public record StressConfig(
        KernelConfig kernel,
        int threads,
        int processes,
        long seed,
        Duration duration,
        long opsPerThread,
        Duration epoch,
        long epochOps,
        RoleMix mix,
        boolean monitors,
        boolean processesDisjoint) {
    /** A machine has no more CPUs. */
    public static final int THREADS_MAX = 64;

    /** More would not fit the tags that the data carries. */
    public static final int PROCESSES_MAX = 64;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there is no such campaign; the message says why
     */
    public StressConfig {
        require(threads >= 1 && threads <= THREADS_MAX, "threads must be between 1 and 64, not " + threads);
        require(processes >= 1 && processes <= PROCESSES_MAX, "processes must be between 1 and 64, not " + processes);
        require(opsPerThread >= 0, "ops must not be negative: " + opsPerThread);
        require(opsPerThread > 0 || isPositive(duration), "duration must be more than 0");
        require(isPositive(epoch), "epoch must be more than 0");
        require(epochOps >= 1, "operations per epoch must be at least 1, not " + epochOps);
        require(
                fits(kernel),
                "ptrsPerTable must be at least 8 for stress, whose mappings need " + Slot.endPage() + " pages, not "
                        + kernel.ptrsPerTable());
    }

    /** Whether the mappings of the workers fit into the address spaces of this kernel. */
    public static boolean fits(KernelConfig kernel) {
        return Slot.fits(kernel.ptrsPerTable());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** The defaults: two threads and two processes for 30 seconds. */
    public static Draft of(KernelConfig kernel) {
        return new Draft(kernel);
    }

    /** How many processes there are: one for each worker if they are disjoint. */
    public int processCount() {
        return processesDisjoint ? threads : processes;
    }

    /** A configuration in the making. */
    public static final class Draft {
        private final KernelConfig kernel;
        private int threads = 2;
        private int processes = 2;
        private long seed = 1;
        private Duration duration = Duration.ofSeconds(30);
        private long opsPerThread;
        private Duration epoch = Duration.ofMillis(250);
        private long epochOps = 20_000;
        private RoleMix mix = RoleMix.DEFAULT;
        private boolean monitors = true;
        private boolean processesDisjoint;

        private Draft(KernelConfig kernel) {
            this.kernel = kernel;
        }

        /** Sets the number of workers. */
        public Draft threads(int value) {
            threads = value;
            return this;
        }

        /** Sets the number of processes. */
        public Draft processes(int value) {
            processes = value;
            return this;
        }

        /** Sets where random choices come from. */
        public Draft seed(long value) {
            seed = value;
            return this;
        }

        /** Sets how long. */
        public Draft duration(Duration value) {
            duration = value;
            return this;
        }

        /** Sets how many operations each worker does, 0 to go by time. */
        public Draft opsPerThread(long value) {
            opsPerThread = value;
            return this;
        }

        /** Sets the time between two meetings. */
        public Draft epoch(Duration value) {
            epoch = value;
            return this;
        }

        /** Sets the operations between two meetings of a campaign that does not go by time. */
        public Draft epochOps(long value) {
            epochOps = value;
            return this;
        }

        /** Sets how often each role is played. */
        public Draft mix(RoleMix value) {
            mix = value;
            return this;
        }

        /** Sets whether every cell is watched. */
        public Draft monitors(boolean value) {
            monitors = value;
            return this;
        }

        /** Sets whether workers share nothing but the machine. */
        public Draft processesDisjoint(boolean value) {
            processesDisjoint = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException when there is no such campaign
         */
        public StressConfig build() {
            return new StressConfig(
                    kernel,
                    threads,
                    processes,
                    seed,
                    duration,
                    opsPerThread,
                    epoch,
                    epochOps,
                    mix,
                    monitors,
                    processesDisjoint);
        }
    }
}
