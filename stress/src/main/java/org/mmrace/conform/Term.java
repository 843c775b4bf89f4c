package org.mmrace.conform;

/** A word of the recording format, as an enum constant. */
public interface Term {
    /** How a recording spells it. */
    String term();
}
