package org.mmrace.failure;

import org.mmrace.explore.ProgramHash;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.trace.Trace;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.ReplayBlock;
import org.mmrace.scenario.ScenarioPrinter;
import org.mmrace.script.Scenario;

/**
 * A failing run that can be repeated.
 *
 * @param scenario the program
 * @param config the kernel that it ran on
 * @param schedule who went when
 * @param symptom what it has shown
 * @param step the step that broke the invariant; 0 for what was found at rest
 * @param why the violation in words, on one line; may be empty
 * @param strategy what found it, one word
 * @param seed of that strategy
 */
public record Failure(
        Scenario scenario,
        KernelConfig config,
        Schedule schedule,
        Symptom symptom,
        int step,
        String why,
        String strategy,
        long seed) {
    private static final int DIGITS = 6;

    /**
     * The run that {@code trace} has recorded.
     *
     * @param symptom what it shows
     * @param strategy what found it, one word
     */
    public static Failure of(Trace trace, Symptom symptom, String strategy, long seed) {
        String why = trace.run().verdict().violations().stream()
                .filter(violation -> violation.invariant().name().equals(symptom.id()))
                .map(violation -> "VIOLATION " + violation)
                .findFirst()
                .orElse("");
        return new Failure(
                trace.scenario(),
                trace.config(),
                trace.run().ending().schedule(),
                symptom,
                trace.stepOf(symptom.id()),
                why,
                strategy,
                seed);
    }

    /** The name of {@code scenario} in schedules; its kernel is part of it. */
    public static String program(Scenario scenario) {
        return ProgramHash.of(ScenarioPrinter.program(scenario));
    }

    /**
     * The failure file, which is a scenario that asks for the kernel of the run.
     *
     * @param version of this mmrace
     * @throws IllegalArgumentException when no scenario can ask for that kernel
     */
    public String text(String version) {
        Scenario whole = scenario.onKernel(config);
        Schedule named = schedule.of(program(whole));
        return FailureFile.print(
                whole, new ReplayBlock(symptom.id(), step, strategy, seed, version, named.toString()), why);
    }

    /** {@code SCENARIO-SYMPTOM-HASH.fail}; the same for the same schedule of the same program. */
    public String fileName() {
        String hash = ProgramHash.of(ScenarioPrinter.program(scenario.onKernel(config)) + schedule);
        return scenario.name() + "-" + symptom + "-" + hash.substring(0, DIGITS) + ".fail";
    }
}
