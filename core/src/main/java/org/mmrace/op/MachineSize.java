package org.mmrace.op;

/**
 * How big a machine is.
 *
 * @param cpus CPUs, at most 64; each running task needs one of its own
 * @param frames page frames that have a struct page
 * @param tables page tables that can exist at a time
 */
public record MachineSize(int cpus, int frames, int tables) {
    /** Enough for one task and a few pages: what a recorded case needs. */
    public static final MachineSize SMALL = new MachineSize(1, 256, 48);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when no machine can be built so
     */
    public MachineSize {
        if (cpus < 1 || cpus > 64) {
            throw new IllegalArgumentException("a machine has 1 to 64 CPUs, not " + cpus);
        }
        if (frames < 64 || tables < 8) {
            throw new IllegalArgumentException("a machine needs at least 64 frames and 8 page tables");
        }
    }
}
