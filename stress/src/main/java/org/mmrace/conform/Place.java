package org.mmrace.conform;

/** A line of a recording. */
record Place(String source, int line) {
    MalformedRecordingException error(int column, String problem) {
        return new MalformedRecordingException(source, line, column, problem);
    }
}
