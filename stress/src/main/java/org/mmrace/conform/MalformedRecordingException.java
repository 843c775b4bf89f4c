package org.mmrace.conform;

/** A recording that does not follow the format; the message names the place, what was expected and what is there. */
public final class MalformedRecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final int line;
    private final int column;

    /**
     * Something is wrong at one place.
     *
     * @param line from 1
     * @param column in characters, from 1
     */
    public MalformedRecordingException(String source, int line, int column, String problem) {
        super(source + ":" + line + ":" + column + ": " + problem);
        this.source = source;
        this.line = line;
        this.column = column;
    }

    /** The file as a whole is of no use; line and column are 0. */
    public MalformedRecordingException(String source, String problem) {
        super(source + ": " + problem);
        this.source = source;
        this.line = 0;
        this.column = 0;
    }

    /** The file, as the user named it. */
    public String source() {
        return source;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, from 1. */
    public int column() {
        return column;
    }
}
