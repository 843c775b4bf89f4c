package org.mmrace.explore.minimise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.Arg;
import org.mmrace.op.ArgKind;
import org.mmrace.op.FileSpec;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.Step;
import org.mmrace.op.VmaSpec;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;

/**
 * Smaller programs made of one: without a task, without an operation, without what nothing names any more. What needs a
 * result or a process that is gone goes as well; so do checks, outcomes and the interleaving, which were about the
 * whole.
 */
final class Reductions {
    /**
     * A smaller program.
     *
     * @param scenario the program
     * @param task the number of the task that is gone; -1 if all are there
     */
    record Smaller(Scenario scenario, int task) {}

    private Reductions() {}

    /** All programs that are smaller by one thing, those first that are smaller by most. */
    static List<Smaller> of(Scenario scenario) {
        List<Smaller> smaller = new ArrayList<>();
        List<TaskScript> tasks = scenario.tasks();
        for (int i = tasks.size() - 1; i >= 0 && tasks.size() > 1; i--) {
            List<TaskScript> left = without(tasks, i);
            add(smaller, scenario.with(draft -> draft.tasks(left)), i);
        }
        for (int t = tasks.size() - 1; t >= 0; t--) {
            TaskScript task = tasks.get(t);
            for (int i = task.steps().size() - 1; i >= 0 && task.steps().size() > 1; i--) {
                List<TaskScript> changed = new ArrayList<>(tasks);
                changed.set(t, new TaskScript(task.name(), task.process(), without(task.steps(), i)));
                add(smaller, scenario.with(draft -> draft.tasks(changed)), -1);
            }
        }
        for (int i = scenario.last().size() - 1; i >= 0; i--) {
            List<Step> left = without(scenario.last(), i);
            add(smaller, scenario.with(draft -> draft.last(left)), -1);
        }
        for (int i = scenario.setup().size() - 1; i >= 0; i--) {
            List<Step> left = without(scenario.setup(), i);
            add(smaller, scenario.with(draft -> draft.setup(left)), -1);
        }
        Scenario used = usedOnly(scenario);
        if (!used.equals(scenario)) {
            smaller.add(new Smaller(used, -1));
        }
        return smaller;
    }

    private static <T> List<T> without(List<T> list, int i) {
        List<T> left = new ArrayList<>(list);
        left.remove(i);
        return left;
    }

    private static void add(List<Smaller> smaller, Scenario scenario, int task) {
        Scenario pruned = pruned(scenario);
        if (pruned.tasks().stream().noneMatch(each -> each.steps().isEmpty())) {
            smaller.add(new Smaller(pruned, task));
        }
    }

    /** Without the operations whose results and processes are gone, as long as there are such. */
    private static Scenario pruned(Scenario scenario) {
        Scenario now = scenario.with(
                draft -> draft.checks(List.of()).outcomes(List.of()).interleaving(List.of()));
        while (true) {
            Set<String> results = new HashSet<>();
            Set<String> processes = new HashSet<>();
            now.processes().forEach(process -> processes.add(process.name()));
            for (Step step : now.steps()) {
                if (step.result() != null) {
                    results.add(step.result());
                }
                processes.addAll(named(step, ArgKind.NEW_PROCESS));
            }
            Function<List<Step>, List<Step>> filter = steps -> steps.stream()
                    .filter(step -> results.containsAll(named(step, ArgKind.HELD))
                            && results.containsAll(named(step, ArgKind.RESULT))
                            && processes.containsAll(processesOf(step)))
                    .toList();
            Scenario before = now;
            Scenario next = before.with(draft -> draft.setup(filter.apply(before.setup()))
                    .last(filter.apply(before.last()))
                    .tasks(before.tasks().stream()
                            .filter(task -> processes.contains(task.process()))
                            .map(task -> new TaskScript(task.name(), task.process(), filter.apply(task.steps())))
                            .toList()));
            if (next.equals(before) || next.tasks().size() < before.tasks().size()) {
                return next;
            }
            now = next;
        }
    }

    private static Set<String> named(Step step, ArgKind kind) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < step.args().size(); i++) {
            if (kindOf(step, i) == kind) {
                names.add(step.args().get(i).toString());
            }
        }
        return names;
    }

    private static ArgKind kindOf(Step step, int i) {
        List<ArgKind> kinds = step.kind().args();
        return kinds.get(Math.min(i, kinds.size() - 1));
    }

    private static Set<String> processesOf(Step step) {
        Set<String> names = named(step, ArgKind.PROCESS);
        names.addAll(named(step, ArgKind.PROCESS_OR_OWN));
        for (Arg arg : step.args()) {
            @Nullable String process = arg instanceof Arg.Region region ? region.process() : null;
            if (process != null) {
                names.add(process);
            }
        }
        return names;
    }

    /** Without the pages, files, VMAs and processes that nothing names. */
    private static Scenario usedOnly(Scenario scenario) {
        Set<String> used = new HashSet<>();
        for (Step step : scenario.steps()) {
            for (Arg arg : step.args()) {
                used.add(arg instanceof Arg.Region region ? region.name() : arg.toString());
            }
            used.addAll(processesOf(step));
        }
        scenario.checks()
                .forEach(check -> check.step()
                        .args()
                        .forEach(arg -> used.add(arg instanceof Arg.Region region ? region.name() : arg.toString())));
        scenario.tasks().forEach(task -> used.add(task.process()));
        List<VmaSpec> vmas = scenario.vmas().stream()
                .filter(vma -> used.contains(vma.name()))
                .toList();
        vmas.forEach(vma -> {
            used.add(vma.process());
            used.add(vma.file() == null ? "" : vma.file());
            used.addAll(vma.driver().inserts());
        });
        List<FileSpec> files = scenario.files().stream()
                .filter(file -> used.contains(file.name()))
                .toList();
        files.forEach(file -> used.addAll(file.backing()));
        List<PageSpec> pages = scenario.pages().stream()
                .filter(page -> used.contains(page.name()))
                .toList();
        List<ProcessSpec> processes = scenario.processes().stream()
                .filter(process -> used.contains(process.name()))
                .toList();
        return scenario.with(draft -> draft.vmas(vmas).files(files).pages(pages).processes(processes));
    }
}
