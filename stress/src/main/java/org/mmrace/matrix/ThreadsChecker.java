package org.mmrace.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.run.RunProgress;
import org.mmrace.run.RunRequest;
import org.mmrace.run.RunResult;
import org.mmrace.run.ScenarioRunner;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;

/** The scenario of the fault on real threads, again and again. */
final class ThreadsChecker implements FaultChecker {
    private final FaultScenarios scenarios;
    private volatile boolean interrupted;
    private volatile @Nullable ScenarioRunner running;

    ThreadsChecker(FaultScenarios scenarios) {
        this.scenarios = scenarios;
    }

    @Override
    public String name() {
        return CheckerKind.THREADS.term();
    }

    @Override
    public String about() {
        return "the fault's scenario on real threads, one per task (`mmrace run --threads`); runs are runs of it";
    }

    @Override
    public boolean covers(Fault fault) {
        return scenarios.has(fault);
    }

    @Override
    public boolean seeded() {
        return true;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        Scenario scenario = scenarios.of(fault);
        RunRequest request = new RunRequest(scenario, scenarios.kernel(fault, on), true, Long.MAX_VALUE, limit, seed);
        ScenarioRunner runner = new ScenarioRunner(request).untilBad();
        running = runner;
        if (interrupted) {
            return Optional.empty();
        }
        RunResult result = runner.run(RunProgress.Listener.NONE);
        if (result.interrupted()) {
            return Optional.empty();
        }
        Verdict bad = result.firstBad();
        List<String> broken = bad == null ? List.of() : bad.broken();
        return Optional.of(new Trial(fault, name(), on, seed, broken, result.elapsed(), result.runs()));
    }

    @Override
    public void interrupt() {
        interrupted = true;
        ScenarioRunner runner = running;
        if (runner != null) {
            runner.interrupt();
        }
    }
}
