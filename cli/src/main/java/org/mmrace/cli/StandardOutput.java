package org.mmrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;

/** Standard output is the result, so a result that could not be written is a failure. */
final class StandardOutput {
    /** The result is lost: the disk is full. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private LostException() {
            super("cannot write standard output");
        }
    }

    /** Nobody reads any more, as behind {@code | head}: there is nobody to complain to. */
    static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private ClosedException() {
            super("nobody reads standard output any more");
        }
    }

    private StandardOutput() {}

    /**
     * Writes out what is buffered.
     *
     * @throws ClosedException when the other end of a pipe is closed
     * @throws LostException when it fails otherwise
     */
    static void flush(PrintWriter out) {
        out.flush();
        if (out.checkError() || System.out.checkError()) { // what picocli wraps swallows errors itself
            throw isClosedPipe() ? new ClosedException() : new LostException();
        }
    }

    /** What has failed does not say why; one more byte does. */
    private static boolean isClosedPipe() {
        if (!System.out.checkError()) {
            return false;
        }
        FileOutputStream raw = new FileOutputStream(FileDescriptor.out); // to close it would be to close the descriptor
        try {
            raw.write('\n');
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("Broken pipe");
        }
    }
}
