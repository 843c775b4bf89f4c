package org.mmrace.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.trace.Trace;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** Failing runs of the scenarios of faults, for tests. */
final class Runs {
    private static final int TRIES = 400;
    private static final long SEED = 7;

    private Runs() {}

    static Scenario scenario(String name) {
        try {
            return ScenarioReader.read(Path.of("../scenarios", name + ".scn"));
        } catch (MalformedScenarioException e) {
            throw new IllegalStateException(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run that the interleaving of the scenario gives, with its fault on. */
    static Trace scripted(TaskPool pool, String name) {
        Scenario scenario = scenario(name);
        Strategy script = new ScriptedInterleaving(scenario.interleaving());
        return pool.drive(() -> Trace.of(scenario, scenario.config(true), pool, script));
    }

    /** The first run of a portfolio that shows what the scenario names. */
    static ControlledRun found(TaskPool pool, Scenario scenario) {
        Strategy strategy = Portfolio.forBugs(SEED);
        for (int i = 0; i < TRIES; i++) {
            ControlledRun run = ControlledRun.of(scenario, scenario.config(true), pool, strategy);
            if (run.verdict().showsOneOf(scenario.violates())) {
                return run;
            }
        }
        throw new IllegalStateException(scenario + " is not found in " + TRIES + " runs");
    }

    static Symptom symptom(Trace trace) {
        return Symptom.of(trace.run(), trace.scenario().violates())
                .orElseThrow(() -> new IllegalStateException(trace.scenario() + " shows nothing"));
    }

    static Failure failure(TaskPool pool, String name) {
        Trace trace = scripted(pool, name);
        return Failure.of(trace, symptom(trace), "scripted", 0);
    }
}
