package org.mmrace.failure;

import java.util.List;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.ProgramHash;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.explore.trace.InWords;
import org.mmrace.explore.trace.Trace;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.ReplayBlock;
import org.mmrace.scenario.ScenarioPrinter;
import org.mmrace.script.Scenario;
import org.mmrace.script.Turn;

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

    /**
     * The run that {@code trace} has recorded, with its interleaving in kernel words in the scenario if that leads to
     * the same symptom; else without any. Call it within {@link TaskPool#drive}.
     *
     * @param symptom what it shows
     * @param strategy what found it, one word
     */
    public static Failure inWords(Trace trace, Symptom symptom, String strategy, long seed, TaskPool pool) {
        List<Turn> turns = InWords.of(trace).orElse(List.of());
        Scenario scripted = trace.scenario().with(draft -> draft.interleaving(turns));
        Failure plain = of(trace, symptom, strategy, seed);
        boolean same = leadsTo(symptom, scripted, trace.config(), pool);
        Scenario scenario = same ? scripted : scripted.with(draft -> draft.interleaving(List.of()));
        return new Failure(scenario, plain.config, plain.schedule, symptom, plain.step, plain.why, strategy, seed);
    }

    private static boolean leadsTo(Symptom symptom, Scenario scenario, KernelConfig config, TaskPool pool) {
        try {
            return symptom.isShownBy(
                    ControlledRun.of(scenario, config, pool, new ScriptedInterleaving(scenario.interleaving())));
        } catch (DivergedException e) {
            return false; // the words were not enough
        }
    }

    /** The name of {@code scenario} in schedules; its kernel is part of it. */
    public static String program(Scenario scenario) {
        return ProgramHash.of(ScenarioPrinter.program(scenario));
    }

    /**
     * The name of {@code scenario} on {@code config} in schedules, as its failure file has it;
     * {@link Schedule#ANY_PROGRAM} when no scenario can ask for that kernel.
     */
    public static String program(Scenario scenario, KernelConfig config) {
        try {
            return program(scenario.onKernel(config));
        } catch (IllegalArgumentException e) {
            return Schedule.ANY_PROGRAM;
        }
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
        String hash =
                ProgramHash.of(ScenarioPrinter.program(scenario.onKernel(config)) + schedule.of(Schedule.ANY_PROGRAM));
        return scenario.name() + "-" + symptom + "-" + hash.substring(0, DIGITS) + ".fail";
    }
}
