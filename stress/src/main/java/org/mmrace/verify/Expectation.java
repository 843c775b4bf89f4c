package org.mmrace.verify;

/** What the author of a test says about an outcome. */
public enum Expectation {
    /** May happen. */
    ACCEPTABLE,

    /** May happen, and the test is there to show it. */
    INTERESTING,

    /** Must not happen. */
    FORBIDDEN,

    /** The author said nothing: a mistake in the test. */
    UNKNOWN,

    /** Not an outcome but a number that the test gave, such as its invocations. */
    NUMBER
}
