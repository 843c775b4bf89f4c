package org.mmrace.scenario;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.mmrace.fault.Series;
import org.mmrace.op.Arg;
import org.mmrace.op.ArgKind;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.Step;
import org.mmrace.op.VmaSpec;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;

/** What makes no sense although each line does. */
final class Validator {
    private static final int TASKS_MAX = 63;
    private static final int LOWEST_PAGE = 16;

    private final Report report;
    private final Scenario scenario;

    /** Where each step, by identity, and each VMA, task and fault, by name, was written. */
    private final Map<Step, Token> steps;

    private final Map<String, Token> names;

    Validator(Report report, Scenario scenario, Map<Step, Token> steps, Map<String, Token> names) {
        this.report = report;
        this.scenario = scenario;
        this.steps = steps;
        this.names = names;
    }

    void check() {
        if (scenario.tasks().isEmpty() || scenario.tasks().size() > TASKS_MAX) {
            report.at(
                    1,
                    1,
                    "expected 1 to " + TASKS_MAX + " tasks, and there are "
                            + scenario.tasks().size());
        }
        checkFault();
        scenario.vmas().forEach(this::checkPlace);
        scenario.tasks().forEach(this::checkTask);
        checkResults();
    }

    private Token at(String name) {
        return names.getOrDefault(name, names.values().iterator().next());
    }

    private void checkFault() {
        if (scenario.fault() == null) {
            boolean byDesign = Series.BEFORE.name().equals(scenario.knobs().get("series"));
            if (!scenario.violates().isEmpty() && !byDesign) {
                report.at(
                        at("violates"),
                        "'violates' says what a fault shows: expected a line 'fault' as well,"
                                + " or 'config series=BEFORE'");
            }
            return;
        }
        if (scenario.violates().isEmpty()) {
            report.at(at("fault"), "expected a line 'violates' that says what the fault shows");
        }
        for (boolean on : new boolean[] {true, false}) {
            try {
                scenario.config(on);
            } catch (IllegalArgumentException e) {
                report.at(at("fault"), "with the fault " + (on ? "on: " : "off: ") + e.getMessage());
            }
        }
    }

    private void checkPlace(VmaSpec vma) {
        if (vma.page() < LOWEST_PAGE) {
            report.at(at(vma.name()), "the lowest page that can be mapped is " + LOWEST_PAGE);
        }
        for (VmaSpec other : scenario.vmas()) {
            boolean before = scenario.vmas().indexOf(other) < scenario.vmas().indexOf(vma);
            boolean apart = other.page() + other.pages() <= vma.page() || vma.page() + vma.pages() <= other.page();
            if (before && !apart && other.process().equals(vma.process()) && other.mapped() && vma.mapped()) {
                report.at(at(vma.name()), "lies over " + other.name() + ", which has the pages from " + other.page());
            }
        }
    }

    /** A task is in a process that exists when it starts, and uses the addresses of that process. */
    private void checkTask(TaskScript task) {
        boolean forkedBefore = scenario.setup().stream().anyMatch(step -> makes(step, task.process()));
        if (!isDeclared(task.process()) && !forkedBefore) {
            report.at(at(task.name()), "process " + task.process() + " does not exist before the tasks run");
        }
        for (Step step : task.steps()) {
            for (Arg arg : step.args()) {
                if (arg instanceof Arg.Region region && region.process() == null && isDeclared(task.process())) {
                    checkHome(step, region, task);
                }
            }
        }
    }

    private void checkHome(Step step, Arg.Region region, TaskScript task) {
        for (VmaSpec vma : scenario.vmas()) {
            if (vma.name().equals(region.name()) && !vma.process().equals(task.process())) {
                report.at(
                        token(step),
                        vma.name() + " is in process " + vma.process() + " and task " + task.name() + " in "
                                + task.process() + "; " + vma.process() + ":" + region + " says that this is meant");
            }
        }
    }

    private Token token(Step step) {
        return steps.getOrDefault(step, names.values().iterator().next());
    }

    private boolean isDeclared(String process) {
        return scenario.processes().stream().map(ProcessSpec::name).anyMatch(process::equals);
    }

    private static boolean makes(Step step, String process) {
        int child = step.kind().args().indexOf(ArgKind.NEW_PROCESS);
        return child >= 0 && step.args().get(child).equals(new Arg.Name(process));
    }

    /** A result that nobody can have set by then is a mistake; one of a task that runs at the same time is not. */
    private void checkResults() {
        Set<String> known = new HashSet<>();
        inOrder(scenario.setup(), known);
        Set<String> afterTasks = new LinkedHashSet<>(known);
        for (TaskScript task : scenario.tasks()) {
            Set<String> others = new HashSet<>(known);
            for (TaskScript other : scenario.tasks()) {
                if (!other.equals(task)) {
                    results(other.steps(), others);
                }
            }
            inOrder(task.steps(), others);
            results(task.steps(), afterTasks);
        }
        inOrder(scenario.last(), afterTasks);
    }

    private static void results(List<Step> script, Set<String> into) {
        for (Step step : script) {
            if (step.result() != null) {
                into.add(step.result());
            }
        }
    }

    private void inOrder(List<Step> script, Set<String> known) {
        for (Step step : script) {
            for (int i = 0; i < step.args().size(); i++) {
                ArgKind kind =
                        step.kind().args().get(Math.min(i, step.kind().args().size() - 1));
                boolean isResult = kind == ArgKind.HELD || kind == ArgKind.RESULT;
                if (isResult && !known.contains(step.args().get(i).toString())) {
                    report.at(token(step), "'" + step.args().get(i) + "' is used before it is set");
                }
            }
            if (step.result() != null) {
                known.add(step.result());
            }
        }
    }
}
