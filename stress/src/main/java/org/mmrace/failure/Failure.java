package org.mmrace.failure;

import java.util.List;
import java.util.stream.Stream;
import org.mmrace.check.Violation;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.EndlessWaitException;
import org.mmrace.explore.ProgramHash;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.ScenarioWatch;
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
import org.mmrace.script.Verdict;

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
     * The run that {@code trace} has recorded, without an interleaving: that of the scenario is of another run.
     *
     * @param symptom what it shows
     * @param strategy what found it, one word
     */
    public static Failure of(Trace trace, Symptom symptom, String strategy, long seed) {
        return new Failure(
                withInterleaving(trace.scenario(), List.of()),
                trace.config(),
                trace.run().ending().schedule(),
                symptom,
                trace.stepOf(symptom.id()),
                why(trace, symptom),
                strategy,
                seed);
    }

    private static String why(Trace trace, Symptom symptom) {
        Verdict verdict = trace.run().verdict();
        Stream<String> all = symptom.isAboutResults()
                ? verdict.wrongResults().stream()
                : verdict.violations().stream()
                        .filter(violation -> symptom.isAbout(trace.run(), violation))
                        .map(Violation::toString);
        return all.findFirst().orElse("").replaceAll("\\s+", " ");
    }

    /** The same failure, seen somewhere else than in its verdict. */
    public Failure at(int newStep, String newWhy) {
        return new Failure(scenario, config, schedule, symptom, newStep, newWhy, strategy, seed);
    }

    /**
     * The same with its interleaving in kernel words in the scenario, if a run along them shows the same; else without
     * any. Call it within {@link TaskPool#drive}.
     *
     * @param trace of this run
     */
    public Failure inWords(Trace trace, TaskPool pool) {
        Scenario scripted = withInterleaving(scenario, InWords.of(trace).orElse(List.of()));
        Scenario said = leadsTo(symptom, scripted, config, pool) ? scripted : withInterleaving(scenario, List.of());
        return new Failure(said, config, schedule, symptom, step, why, strategy, seed);
    }

    private static Scenario withInterleaving(Scenario scenario, List<Turn> turns) {
        return scenario.with(draft -> draft.interleaving(turns));
    }

    private static boolean leadsTo(Symptom symptom, Scenario scenario, KernelConfig config, TaskPool pool) {
        if (scenario.interleaving().isEmpty()) {
            return false;
        }
        try {
            ControlledRun run =
                    ControlledRun.of(scenario, config, pool, new ScriptedInterleaving(scenario.interleaving()));
            return symptom.isDataRace()
                    ? !ScenarioWatch.explain(
                                    scenario, config, pool, run.ending().schedule())
                            .isEmpty()
                    : symptom.isShownBy(run);
        } catch (DivergedException | EndlessWaitException e) {
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
