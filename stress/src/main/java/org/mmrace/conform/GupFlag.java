package org.mmrace.conform;

/** The flags of a {@code gup} step, by their kernel names. */
public enum GupFlag implements Term {
    /** Take a reference. */
    FOLL_GET,
    /** Take a pin. */
    FOLL_PIN,
    /** For writing. */
    FOLL_WRITE,
    /** Held for a long time. */
    FOLL_LONGTERM,
    /** Also where the protection forbids it: what a debugger does. */
    FOLL_FORCE;

    @Override
    public String term() {
        return name();
    }
}
