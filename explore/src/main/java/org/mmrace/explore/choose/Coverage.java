package org.mmrace.explore.choose;

/** What it means when a strategy has shown all that it can show. */
public enum Coverage {
    /** It draws lots and never ends; what it has not shown has a probability. */
    LOTS("draws lots"),
    /** Few schedules, which prove nothing. */
    SOME("a few schedules"),
    /** Nothing else can happen with so many preemptions. */
    BOUNDED("all within the bound"),
    /** Nothing else can happen. */
    ALL("all");

    private final String word;

    Coverage(String word) {
        this.word = word;
    }

    /** What tables say. */
    public String word() {
        return word;
    }
}
