package org.mmrace.scenario;

/**
 * What a failure file says about the run that failed.
 *
 * @param violation what it has shown: the id of an invariant, {@code OUTCOME}, how the run got stuck, or
 *     {@code data-race}
 * @param step the step that broke the invariant; 0 for one that was found at rest
 * @param strategy what found it
 * @param seed of that strategy
 * @param version of the mmrace that wrote it
 * @param schedule who went when, as text, with the name of the program
 */
public record ReplayBlock(String violation, int step, String strategy, long seed, String version, String schedule) {

    /** The lines of a failure file that say this; ends with a line break. */
    @Override
    public String toString() {
        return "replay    violation=" + violation + " step=" + step + " strategy=" + strategy + " seed=" + seed + "\n"
                + "replay    version=" + version + "\n"
                + "replay    schedule=" + schedule + "\n";
    }
}
