package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Standard output is the result, so a result that could not be written is a failure. */
final class StandardOutput {
    private StandardOutput() {}

    /**
     * Writes out what is buffered.
     *
     * @throws UncheckedIOException when the result is lost: the disk is full, or nobody reads any more
     */
    static void flush(PrintWriter out) {
        out.flush();
        if (out.checkError() || System.out.checkError()) { // what picocli wraps swallows errors itself
            throw new UncheckedIOException(new IOException("cannot write standard output"));
        }
    }
}
