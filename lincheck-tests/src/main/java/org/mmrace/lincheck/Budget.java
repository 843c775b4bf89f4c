package org.mmrace.lincheck;

import java.util.function.Consumer;

/**
 * How much is tried. The system property {@code budget} is {@code quick} (the default: what {@code mvn verify} runs) or
 * {@code weekly}; {@code mmrace.lincheck.seconds} gives each test method about that many seconds instead.
 */
final class Budget {
    /** The only JDK on which Lincheck 3.7 sees races reliably. */
    private static final int JDK = 17;

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * How much Lincheck tries in one go.
     *
     * @param iterations random scenarios
     * @param invocations executions of each; fewer if there are not that many different ones
     */
    record Size(int iterations, int invocations) {
        private Size times(double factor) {
            double root = Math.sqrt(factor);
            return new Size((int) Math.ceil(iterations * root), (int) Math.ceil(invocations * root));
        }
    }

    private final Size size;
    private final double seconds;

    private Budget(Size size, double seconds) {
        this.size = size;
        this.seconds = seconds;
    }

    /**
     * The budget of one run.
     *
     * @param runs how many runs share the time of their test method
     * @throws IllegalArgumentException when a property has a value that means nothing
     */
    static Budget of(Mode mode, int runs) {
        boolean stress = mode == Mode.STRESS;
        Size quick = stress ? new Size(5, 200) : new Size(5, 25);
        Size weekly = stress ? new Size(60, 5_000) : new Size(60, 500);
        String name = System.getProperty("budget", "quick");
        double seconds = Double.parseDouble(System.getProperty("mmrace.lincheck.seconds", "0")) / runs;
        return switch (name) {
            case "quick" -> new Budget(quick, seconds);
            case "weekly" -> new Budget(weekly, seconds);
            default -> throw new IllegalArgumentException("budget must be quick or weekly, not '" + name + "'");
        };
    }

    /**
     * Fails anywhere but on JDK 17: on 25 Lincheck 3.7 reports success on racy code.
     *
     * @throws IllegalStateException on another JDK
     */
    static void requireJdk() {
        int here = Runtime.version().feature();
        if (here != JDK) {
            throw new IllegalStateException("Lincheck 3.7 misses races on other JDKs than " + JDK + " and then reports"
                    + " success; this is JDK " + here);
        }
    }

    /**
     * Runs {@code check} once; with seconds to spend, first small to see how long that takes, then as large as fits.
     */
    void spend(Consumer<Size> check) {
        if (seconds <= 0) {
            check.accept(size);
            return;
        }
        Size probe = size.times(0.1);
        long start = System.nanoTime();
        check.accept(probe);
        double spent = (System.nanoTime() - start) / NANOS_PER_SECOND;
        if (spent < seconds) {
            check.accept(probe.times((seconds - spent) / spent));
        }
    }
}
