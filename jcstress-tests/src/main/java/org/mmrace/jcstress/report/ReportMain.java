package org.mmrace.jcstress.report;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints the tests of this jar, or the results in a file of jcstress, as JSON Lines on standard output. */
public final class ReportMain {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILED = 3;

    private ReportMain() {}

    /**
     * Runs one command and ends the process: with 2 when there is no such command, with 3 when the file cannot be read.
     *
     * @param args {@code list}, or {@code results FILE.bin.gz}
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try (JsonLines lines = new JsonLines(System.out)) {
            if (args.length == 1 && args[0].equals("list")) {
                TestLines.write(lines);
                return 0;
            }
            if (args.length == 2 && args[0].equals("results")) {
                ResultLines.write(args[1], lines);
                return 0;
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(e);
            return EXIT_FAILED;
        }
        System.err.println("usage: list | results FILE.bin.gz");
        return EXIT_USAGE;
    }
}
