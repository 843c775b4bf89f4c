package org.mmrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.strategy.RandomWalk;

/**
 * Interleavings per second of mmrace and of Lincheck 3.7's model checking, on the same program, each execution checked
 * for linearizability and for its references, both in one run: a JVM for each measurement, in turn, on the processor
 * that {@code taskset} gives. Start-up and warm-up do not count; seconds are of {@link CpuTime}.
 *
 * <pre>
 * mvn -Pbench -DskipTests package
 * taskset -c 1 java -cp benchmarks/target/benchmarks.jar org.mmrace.benchmarks.PeerComparison 5 JDK17 JDK25
 * </pre>
 *
 * <p>Lincheck runs on the first JDK, for it misses races on others; mmrace on both. Not quite the same work: Lincheck
 * finds its switch points in any code and enters the locks of the JDK, mmrace runs code that is written against its
 * kernel.
 */
public final class PeerComparison {
    private static final int OURS_WARM = 100_000;
    private static final int OURS = 300_000;
    private static final int OURS_ON_THREADS = 60_000;
    private static final int LINCHECK_WARM = 5_000;
    private static final int LINCHECK = 25_000;

    private PeerComparison() {}

    /** {@code ROUNDS JDK17 JDK25}: prints a line for each round and the ratios; or one measurement, for itself. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "ours" -> System.out.println(ours());
            case "lincheck" -> System.out.println(lincheck());
            default -> compare(Integer.parseInt(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        }
    }

    private static double ours() {
        boolean slow = Runtime.version().feature() < 21;
        int counted = slow ? OURS_ON_THREADS : OURS;
        try (TaskPool pool = new TaskPool()) {
            Explorer<Outcome> explorer = new Explorer<>(ToyProgram.subject(true), pool, Outcome::bad);
            clean(explorer.run(new RandomWalk(1), Plan.of(slow ? OURS_ON_THREADS : OURS_WARM)));
            long start = CpuTime.nanos();
            clean(explorer.run(new RandomWalk(2), Plan.of(counted)));
            return counted * 1e9 / (CpuTime.nanos() - start);
        }
    }

    private static void clean(Exploration<Outcome> exploration) {
        if (exploration.bad() > 0) {
            throw new IllegalStateException(exploration.verdict());
        }
    }

    private static double lincheck() {
        LincheckClock.warmUp(LINCHECK_WARM);
        ToyForLincheck.check(LINCHECK);
        return LincheckClock.perSecond();
    }

    private static void compare(int rounds, Path jdk17, Path jdk25) throws IOException, InterruptedException {
        List<double[]> all = new ArrayList<>();
        System.out.println("executions/s     Lincheck 3.7   mmrace on 17   mmrace on 25   ratio on 17   ratio on 25");
        for (int round = 1; round <= rounds; round++) {
            double lincheck = measure(jdk17, "lincheck");
            double on17 = measure(jdk17, "ours");
            double on25 = measure(jdk25, "ours");
            double[] row = {lincheck, on17, on25, on17 / lincheck, on25 / lincheck};
            all.add(row);
            print("round " + round, row);
        }
        for (String what : List.of("min", "median", "max")) {
            double[] row = new double[all.get(0).length];
            for (int column = 0; column < row.length; column++) {
                int of = column;
                double[] sorted =
                        all.stream().mapToDouble(each -> each[of]).sorted().toArray();
                row[column] =
                        sorted[what.equals("min") ? 0 : what.equals("max") ? sorted.length - 1 : sorted.length / 2];
            }
            print(what, row);
        }
    }

    private static void print(String name, double[] row) {
        System.out.printf(
                Locale.ROOT,
                "%-14s %,13.0f %,14.0f %,14.0f %13.1f %13.1f%n",
                name,
                row[0],
                row[1],
                row[2],
                row[3],
                row[4]);
    }

    private static double measure(Path jdk, String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                Arrays.asList(jdk.resolve("bin").resolve("java").toString(), "-XX:+UseSerialGC", "-Xmx2g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerComparison.class.getName(), what));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(what + " on " + jdk + " failed: " + last);
        }
        return Double.parseDouble(last);
    }
}
