package org.mmrace.script;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;
import org.mmrace.op.Arg;
import org.mmrace.op.ArgKind;
import org.mmrace.op.FileSpec;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.StageSpec;
import org.mmrace.op.Step;
import org.mmrace.op.VmaSpec;

/**
 * A small concurrent program on a simulated kernel, with what may come out of it.
 *
 * @param comment the comment lines at its head, without the sign
 * @param name as its file is called
 * @param title in one line
 * @param fault the bug that it shows, null for none
 * @param knobs the knobs of its kernel, by {@link Knobs} names
 * @param files files
 * @param pages drivers' pages
 * @param processes processes
 * @param vmas mappings
 * @param setup what is done before the tasks run
 * @param tasks what runs at the same time
 * @param last what is done when they have ended
 * @param interleaving who runs when, where that is scripted; else empty
 * @param checks what must be so at the end
 * @param outcomes what the results mean; any that is not listed is forbidden, unless none is listed
 * @param violates what it shows with its fault on: ids of invariants, or {@link Fault#OUTCOME}
 */
public record Scenario(
        List<String> comment,
        String name,
        String title,
        @Nullable Fault fault,
        Map<String, String> knobs,
        List<FileSpec> files,
        List<PageSpec> pages,
        List<ProcessSpec> processes,
        List<VmaSpec> vmas,
        List<Step> setup,
        List<TaskScript> tasks,
        List<Step> last,
        List<Turn> interleaving,
        List<Check> checks,
        List<Outcome> outcomes,
        List<String> violates) {
    /** Keeps its own copies. */
    public Scenario {
        comment = List.copyOf(comment);
        knobs = Collections.unmodifiableMap(new LinkedHashMap<>(knobs));
        files = List.copyOf(files);
        pages = List.copyOf(pages);
        processes = List.copyOf(processes);
        vmas = List.copyOf(vmas);
        setup = List.copyOf(setup);
        tasks = List.copyOf(tasks);
        last = List.copyOf(last);
        interleaving = List.copyOf(interleaving);
        checks = List.copyOf(checks);
        outcomes = List.copyOf(outcomes);
        violates = List.copyOf(violates);
    }

    /**
     * The kernel that it asks for: AFTER with its knobs.
     *
     * @param withFault whether its fault is switched on; nothing changes if it has none
     * @throws IllegalArgumentException when no kernel could be built so
     */
    public KernelConfig config(boolean withFault) {
        KernelConfig plain = KernelConfig.of(Series.AFTER);
        KernelConfig wanted = fault == null ? plain : withFault ? plain.with(fault) : plain.without(fault);
        return Knobs.set(wanted, knobs);
    }

    /** A changed copy. */
    public Scenario with(UnaryOperator<ScenarioDraft> change) {
        return change.apply(new ScenarioDraft(this)).build();
    }

    /**
     * The same program, which asks for the kernel {@code wanted}: {@code config(true)} gives it.
     *
     * @throws IllegalArgumentException when a fault and knobs cannot say which kernel that is
     */
    public Scenario onKernel(KernelConfig wanted) {
        if (config(true).equals(wanted)) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>();
        if (wanted.series() != Series.AFTER) {
            changed.put("series", wanted.series().name());
        }
        changed.putAll(Knobs.changed(wanted));
        List<@Nullable Fault> candidates = new ArrayList<>();
        candidates.add(fault);
        candidates.add(null);
        candidates.addAll(wanted.faults());
        for (Fault candidate : candidates) {
            List<String> shows = candidate == null ? List.of() : candidate.caughtBy();
            Scenario other = with(draft -> draft.fault(candidate)
                    .knobs(changed)
                    .violates(Objects.equals(candidate, fault) ? violates : shows));
            if (other.config(true).equals(wanted)) {
                return other;
            }
        }
        throw new IllegalArgumentException("no scenario can ask for a kernel with the faults " + wanted.faults());
    }

    /** Its steps, in the order in which they are written. */
    public List<Step> steps() {
        Stream<Step> scripts = tasks.stream().flatMap(task -> task.steps().stream());
        return Stream.of(setup.stream(), scripts, last.stream())
                .flatMap(steps -> steps)
                .toList();
    }

    /** Everything that it names. */
    public StageSpec stage() {
        Set<String> forked = new LinkedHashSet<>();
        List<String> results = new ArrayList<>();
        for (Step step : steps()) {
            if (step.result() != null) {
                results.add(step.result());
            }
            int newProcess = step.kind().args().indexOf(ArgKind.NEW_PROCESS);
            if (newProcess >= 0) {
                forked.add(((Arg.Name) step.args().get(newProcess)).name());
            }
        }
        return new StageSpec(files, pages, processes, vmas, List.copyOf(forked), results);
    }

    @Override
    public String toString() {
        return name;
    }
}
