package org.mmrace.stress;

import java.util.Locale;

/** The roles that a worker plays in turn. */
public enum RoleKind {
    /** Maps pages as drivers do. */
    INSERTER(3),
    /** Takes mappings and pages away. */
    UNMAPPER(1),
    /** Gets and pins pages, holds them for a while, and transfers data. */
    PINNER(2),
    /** Takes rights and gives them back. */
    PROTECTOR(1),
    /** Loads and stores. */
    FAULTER(4),
    /** Forks, lets the child run, lets it exit. */
    FORKER(0.1),
    /** Writes dirty pages of files back. */
    CLEANER(0.3),
    /** Reclaims pages. */
    RECLAIMER(0.3);

    private final double defaultWeight;

    RoleKind(double defaultWeight) {
        this.defaultWeight = defaultWeight;
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    double defaultWeight() {
        return defaultWeight;
    }

    Role newRole() {
        return switch (this) {
            case INSERTER -> new Inserter();
            case UNMAPPER -> new Unmapper();
            case PINNER -> new Pinner();
            case PROTECTOR -> new Protector();
            case FAULTER -> new Faulter();
            case FORKER -> new Forker();
            case CLEANER -> new Cleaner();
            case RECLAIMER -> new Reclaimer();
        };
    }
}
