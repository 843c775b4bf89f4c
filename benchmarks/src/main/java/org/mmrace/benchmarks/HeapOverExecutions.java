package org.mmrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Locale;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.strategy.Portfolio;

/**
 * What is alive after ever more executions: {@code java -cp benchmarks.jar org.mmrace.benchmarks.HeapOverExecutions
 * 1000000}. Flat, if nothing is kept of what is over. Traces are counted, so what counting keeps is in it.
 */
public final class HeapOverExecutions {
    private static final int COLLECTIONS = 3;
    private static final long PARTS = 10;

    private HeapOverExecutions() {}

    /** {@code EXECUTIONS}: prints ten lines. */
    public static void main(String[] arguments) {
        long executions = Long.parseLong(arguments[0]);
        try (TaskPool pool = new TaskPool()) {
            new Explorer<>(ToyProgram.subject(true), pool, Outcome::bad)
                    .run(Portfolio.forBugs(1), Plan.of(executions).countingTraces(), (number, ending, result, bad) -> {
                        if (number % (executions / PARTS) == 0) {
                            System.out.printf(Locale.ROOT, "%,12d executions: %,9d bytes alive%n", number, alive());
                        }
                    });
        }
    }

    private static long alive() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
