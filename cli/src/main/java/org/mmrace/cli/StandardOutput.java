package org.mmrace.cli;

import java.io.PrintWriter;

/** Standard output is the result, so a result that could not be written is a failure. */
final class StandardOutput {
    /** The result is lost: the disk is full, or nobody reads any more. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private LostException() {
            super("cannot write standard output");
        }
    }

    private StandardOutput() {}

    /**
     * Writes out what is buffered.
     *
     * @throws LostException when that fails
     */
    static void flush(PrintWriter out) {
        out.flush();
        if (out.checkError() || System.out.checkError()) { // what picocli wraps swallows errors itself
            throw new LostException();
        }
    }
}
