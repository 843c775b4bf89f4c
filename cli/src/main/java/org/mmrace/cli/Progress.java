package org.mmrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.TraceText;

/** How far a command has come: one line redrawn on the terminal, nothing where standard error is not one. */
final class Progress implements AutoCloseable {
    /** Where Linux says what standard error is; the JDK cannot tell. */
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private static final int INTERVAL_MILLIS = 200;
    private static final int COLUMNS = 80;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts at nothing.
     *
     * @param what is being done, in one word
     * @param steps how many there will be
     */
    static Progress of(String what, long steps) {
        return new Progress(
                isTerminal()
                        ? new ProgressBarBuilder()
                                .setTaskName(what)
                                .setInitialMax(steps)
                                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                                .clearDisplayOnFinish()
                                .setConsumer(consumer())
                                .build()
                        : null);
    }

    /**
     * Prints on standard error. Told how wide the terminal is, it does not ask JLine, which would take the handler of
     * Ctrl-C away from {@link Interruption}.
     */
    static ConsoleProgressBarConsumer consumer() {
        return new ConsoleProgressBarConsumer(System.err, columns(System.getenv("COLUMNS")));
    }

    /** From what the launcher says, else what every terminal has; one less, so that no line wraps. */
    static int columns(@Nullable String environment) {
        boolean known = environment != null && environment.matches("[1-9][0-9]{1,3}");
        return (known ? Integer.parseInt(environment) : COLUMNS) - 1;
    }

    /** How wide a trace may be: as the terminal, if it is known and wide enough. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        boolean known = columns != null && columns.matches("[1-9][0-9]{1,3}");
        return known ? Math.max(Integer.parseInt(columns), TraceText.WIDTH_MIN) : TraceText.Style.PLAIN.width();
    }

    /** A line that is nothing but its message. */
    static String render(ProgressState state, int columnsMax) {
        return fitting(state.getExtraMessage(), columnsMax);
    }

    /** As much of {@code text} as fits, and blanks over what was there before. */
    static String fitting(String text, int columnsMax) {
        String fitting = text.substring(0, Math.min(text.length(), Math.max(0, columnsMax)));
        return fitting + " ".repeat(Math.max(0, columnsMax - fitting.length()));
    }

    /** One more is done. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(STDERR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
