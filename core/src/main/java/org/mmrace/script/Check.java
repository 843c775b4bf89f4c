package org.mmrace.script;

import org.mmrace.op.Step;

/**
 * Something that must be so when all is over.
 *
 * @param step the operation that finds out
 * @param expected the result that it must give
 */
public record Check(Step step, String expected) {
    @Override
    public String toString() {
        return step + " == " + expected;
    }
}
