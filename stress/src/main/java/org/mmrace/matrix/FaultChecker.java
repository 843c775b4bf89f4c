package org.mmrace.matrix;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.mmrace.fault.Fault;
import org.mmrace.verify.VerifyException;

/** One column of the matrix: a way to look for faults. */
public interface FaultChecker {
    /** The head of its column, in one word. */
    String name();

    /** What it does and what it counts as runs, in one line. */
    String about();

    /** Whether it can look for this fault at all. */
    boolean covers(Fault fault);

    /** Whether another seed may end otherwise. */
    boolean seeded();

    /**
     * Whether it is a strategy of the explorer, of which many attempts are compared: each has the same share of the
     * time of its cell.
     */
    default boolean isStrategy() {
        return false;
    }

    /**
     * Looks once.
     *
     * @param on whether the fault is there
     * @param limit about how long it may look
     * @return what came of it; empty when it was interrupted, which proves nothing
     * @throws VerifyException when its checker cannot be started
     * @throws IOException when its files cannot be written or read
     */
    Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) throws VerifyException, IOException;

    /** Ends an attempt soon, and the next ones at once; any thread may call this. */
    void interrupt();
}
