package org.mmrace.cli;

import java.io.IOException;

/** Why a file could not be read or written, in a few words. */
final class Reason {
    private Reason() {}

    /** The message of most IOExceptions about files is the path alone; their kind says what was wrong. */
    static String of(IOException failure) {
        return failure.getClass().getSimpleName().replace("Exception", "") + ": " + failure.getMessage();
    }
}
