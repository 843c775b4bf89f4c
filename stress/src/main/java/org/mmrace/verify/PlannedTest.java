package org.mmrace.verify;

/**
 * A test that should run.
 *
 * @param id how the checker selects it: for Lincheck the unique id of JUnit
 * @param name the class and the method or nested class, with the package
 * @param actors threads that it needs at a time
 * @param interesting whether it must show an outcome that the correct model has not
 */
public record PlannedTest(String id, String name, int actors, boolean interesting) {
    private static final String CANARY = "Canary";

    /** Whether a harness that does not see it proves nothing. */
    public boolean canary() {
        return TestReport.shortName(name).startsWith(CANARY);
    }
}
