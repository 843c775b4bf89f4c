package org.mmrace.cli;

/** What the process says to the script that started it; documented in {@code mmrace --help}. */
public final class ExitCode {
    /** Nothing was found, and something was looked at. */
    public static final int CLEAN = 0;

    /** A violation, a differing case or a forbidden outcome. */
    public static final int FOUND = 1;

    /** Bad usage or bad input. */
    public static final int USAGE = 2;

    /** The tool or its environment failed. */
    public static final int FAILED = 3;

    /** Nothing ran: a green nothing is not green. */
    public static final int NOTHING_RAN = 4;

    /** Interrupted; what there was is written out. */
    public static final int INTERRUPTED = 130;

    /** Nobody read standard output to its end, as {@code SIGPIPE} would say it; nothing is printed about it. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
