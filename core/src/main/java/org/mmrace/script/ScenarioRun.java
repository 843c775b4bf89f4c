package org.mmrace.script;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Monitors;
import org.mmrace.check.QuiescentAudit;
import org.mmrace.check.Violation;
import org.mmrace.check.ViolationLog;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Mm;
import org.mmrace.op.Actor;
import org.mmrace.op.Machine;
import org.mmrace.op.MachineSize;
import org.mmrace.op.Result;
import org.mmrace.op.SetupFailedException;
import org.mmrace.op.Stage;
import org.mmrace.op.Step;

/**
 * One run of a scenario on a fresh machine: {@link #setup}, then the {@link #tasks} on threads or under a scheduler,
 * then {@link #finish}. Whoever runs it brings the kernel.
 */
public final class ScenarioRun {
    private static final int FRAMES = 96;
    private static final int TABLES = 64;
    private static final int VIOLATIONS_KEPT = 20;

    /** What counting the zeropage like any page breaks; I12 as well, for the audit does not count the zeropage. */
    private static final Set<Invariant> BROKEN_BEFORE = broken();

    private final Scenario scenario;
    private final KernelConfig config;
    private final ViolationLog log = new ViolationLog(VIOLATIONS_KEPT);
    private final Machine machine;
    private final Task boot;
    private final List<Task> phases = new ArrayList<>();
    private final List<ScriptedTask> tasks = new ArrayList<>();
    private @Nullable Stage stage;

    private static Set<Invariant> broken() {
        Set<Invariant> broken = EnumSet.range(Invariant.I01, Invariant.I08);
        broken.add(Invariant.I12);
        return broken;
    }

    /**
     * Boots the machine.
     *
     * @param config its kernel, such as {@link Scenario#config}
     * @param boot makes the kernel that runs it
     */
    public ScenarioRun(Scenario scenario, KernelConfig config, Function<RunWatch, Kernel> boot) {
        this.scenario = scenario;
        this.config = config;
        int cpus = Math.max(1, scenario.tasks().size());
        Kernel kernel = boot.apply(RunWatch.of(cpus, this::violated));
        Monitors monitors = new Monitors(this::violated);
        machine = new Machine(kernel, config, new MachineSize(kernel.cpus(), FRAMES, TABLES), monitors);
        monitors.attach(machine.platform());
        this.boot = phase("setup");
    }

    /**
     * Takes a violation down, unless the series breaks that invariant by design and the scenario is not about it.
     * Whoever runs the scenario may have found one, such as a deadlock. Any thread may call this.
     */
    public void violated(Violation violation) {
        boolean byDesign = config.series() == Series.BEFORE
                && BROKEN_BEFORE.contains(violation.invariant())
                && !scenario.violates().contains(violation.invariant().name());
        if (!byDesign) {
            log.violated(violation);
        }
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** Whether an invariant has been broken so far; any thread may ask. */
    public boolean hasViolation() {
        return !log.isEmpty();
    }

    /** The invariants that have been broken so far, oldest first; any thread may ask. */
    public List<Violation> violations() {
        return log.kept();
    }

    /** What the scenario names; after {@link #setup}. */
    public Stage stage() {
        Stage ready = stage;
        if (ready == null) {
            throw new IllegalStateException("setup() has not run");
        }
        return ready;
    }

    /**
     * Builds what the scenario declares and runs its setup, on the CPU of the first task.
     *
     * @throws SetupFailedException when something of it is refused, or a step of the setup fails whose result has no
     *     name
     */
    public void setup() {
        stage = new Stage(machine, scenario.stage(), boot);
        Actor actor = new Actor(stage, boot, null);
        for (Step step : scenario.setup()) {
            Result result = actor.perform(step);
            if (step.result() == null && result.isFailure() && log.isEmpty()) { // a crash is a finding
                throw new SetupFailedException(step, result);
            }
        }
        for (TaskScript script : scenario.tasks()) {
            Task task = machine.newTask(tasks.size(), script.name());
            tasks.add(new ScriptedTask(script, new Actor(stage, task, script.process())));
        }
    }

    /** The tasks, each on a CPU of its own, in the order of the scenario; after {@link #setup}. */
    public List<ScriptedTask> tasks() {
        return List.copyOf(tasks);
    }

    /** All tasks have ended: what is to be done last, the checks, the audit; then the processes exit. */
    public Verdict finish() {
        if (tasks.stream().anyMatch(ScriptedTask::crashed)) {
            return abandon();
        }
        Actor last = new Actor(stage(), phase("finally"), null);
        scenario.last().forEach(last::perform);
        barrier();
        List<String> failed = new ArrayList<>();
        Actor checker = new Actor(stage(), phase("check"), null);
        for (Check check : scenario.checks()) {
            Result seen = checker.perform(check.step());
            if (!seen.text().equals(check.expected())) {
                failed.add(check + ", and it is " + seen);
            }
        }
        audit();
        Task exit = phase("exit_mmap");
        stage().processes().forEach((name, mm) -> machine.mm().munmap().exitMmap(exit, mm));
        barrier();
        audit(List.of());
        return verdict(failed);
    }

    /** A task that is named after what it does, so that a violation says when it came about. */
    private Task phase(String name) {
        Task task = machine.newTask(0, name);
        phases.add(task);
        return task;
    }

    /** A task does not end: what has been seen until now. */
    public Verdict abandon() {
        return verdict(List.of());
    }

    private void barrier() {
        Kernel kernel = machine.kernel();
        kernel.rcuBarrier(boot);
        tasks.forEach(task -> kernel.rcuBarrier(task.task()));
    }

    private void audit() {
        audit(stage().mms());
    }

    private void audit(List<Mm> mms) {
        List<Task> all = new ArrayList<>(tasks.stream().map(ScriptedTask::task).toList());
        all.addAll(phases);
        new QuiescentAudit(machine.platform()).run(mms, stage().files(), all).forEach(this::violated);
    }

    private Verdict verdict(List<String> failed) {
        Map<String, String> results = new LinkedHashMap<>();
        tasks.forEach(task -> results.put(task.name(), task.last().text()));
        for (Step step : scenario.steps()) {
            String name = step.result();
            if (name != null) {
                results.put(name, stage().result(name).text());
            }
        }
        for (Outcome outcome : scenario.outcomes()) {
            if (outcome.matches(results)) {
                return new Verdict(log.kept(), failed, results, outcome.grade(), outcome);
            }
        }
        Outcome.Grade grade = scenario.outcomes().isEmpty() ? Outcome.Grade.ACCEPTABLE : Outcome.Grade.FORBIDDEN;
        return new Verdict(log.kept(), failed, results, grade, null);
    }

    /** The name of the scenario. */
    @Override
    public String toString() {
        return scenario.name();
    }
}
