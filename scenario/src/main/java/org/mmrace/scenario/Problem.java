package org.mmrace.scenario;

/**
 * Something wrong in a scenario file.
 *
 * @param file as the user named it
 * @param line counted from 1
 * @param column counted from 1
 * @param message what is wrong and what was expected
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
