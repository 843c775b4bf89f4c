package org.mmrace.verify;

/** What is to be said about one test. */
public enum Verdict {
    /** It ran, and everything was as it must be. */
    OK("ok", false),

    /** A variant that is broken on purpose, and was seen to be. */
    SEEN("seen", false),

    /** A variant that is broken on purpose, and did not show it on this machine in this time. */
    NOT_SEEN("not seen", false),

    /** The run ended before it: interrupted, or the checker died. */
    NOT_REACHED("not reached", false),

    /** A forbidden outcome. */
    FORBIDDEN("FORBIDDEN", true),

    /** An assertion failed; for Lincheck, an execution that no order explains. */
    FAILED("FAILED", true),

    /** A timeout, a dead JVM, an exception in the test, a test that does not fit its runner. */
    ERROR("ERROR", true),

    /** The canary's race was not seen: this harness cannot see races here, and proves nothing. */
    BLIND("BLIND", true),

    /** It should have run, in every configuration, and did not. */
    DID_NOT_RUN("did not run", true);

    private final String label;
    private final boolean fails;

    Verdict(String label, boolean fails) {
        this.label = label;
        this.fails = fails;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** Whether a run with it has failed. */
    public boolean fails() {
        return fails;
    }
}
