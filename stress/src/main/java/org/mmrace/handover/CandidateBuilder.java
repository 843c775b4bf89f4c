package org.mmrace.handover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.Arg;
import org.mmrace.op.Step;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.MapPlan;
import org.mmrace.stress.OpResult;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Slot;

/** Makes one scenario of the operations around a moment. Used once. */
final class CandidateBuilder {
    /** What made the state is mostly among the last few operations on a page. */
    private static final int SETUP_MAX = 24;

    private final Log log;
    private final Kernels kernel;
    private final String invariant;
    private final String name;
    private final Handler handler;
    private final Declarations names;
    private final Conversion conversion;
    private final List<Step> setup = new ArrayList<>();
    private final List<TaskScript> tasks = new ArrayList<>();
    private final List<String> workers = new ArrayList<>();

    /** The pages of each mapping that are unmapped now. */
    private final Map<List<Object>, Set<Integer>> unmapped = new HashMap<>();

    /**
     * For a scenario.
     *
     * @param kernel its kernel
     * @param invariant what it is to break
     * @param name its name
     * @param handler what fault handlers of drivers answer with
     */
    CandidateBuilder(Log log, Kernels kernel, String invariant, String name, Handler handler) {
        this.log = log;
        this.kernel = kernel;
        this.invariant = invariant;
        this.name = name;
        this.handler = handler;
        this.names = new Declarations(log, handler);
        this.conversion = new Conversion(log, names);
    }

    /**
     * The scenario of a moment.
     *
     * @param depth how many of its last operations each worker does
     * @param before what is done first
     * @return null when there is nothing left that a scenario has words for
     */
    @Nullable
    Candidate build(Moment moment, int depth, Before before) {
        List<List<Log.Entry>> windows = windows(moment, depth);
        for (Log.Entry entry : earlier(before, moment, windows)) {
            setup.addAll(makeRoom(entry.operation()));
            setup.addAll(conversion.steps(entry, null));
        }
        for (List<Log.Entry> window : windows) {
            List<Log.Entry> first = new ArrayList<>();
            if (before == Before.TLBS) {
                first.addAll(log.tlb(window.get(0).worker()));
                first.removeIf(entry -> !moment.focus().isTouchedBy(entry.operation(), log));
            } else if (before == Before.READ) {
                first.addAll(access(moment.focus(), window, Operation.LOAD, 0));
            }
            first.addAll(window);
            addTask(first);
        }
        if (tasks.isEmpty()) {
            return null;
        }
        setup.addAll(0, missingForks());
        boolean says = kernel.fault() != null || kernel.knobs().containsKey("series");
        Scenario scenario = new Scenario(
                List.of(),
                name,
                "what stress found: " + invariant,
                kernel.fault(),
                kernel.knobs(),
                names.fileSpecs(),
                names.pageSpecs(),
                names.processSpecs(),
                names.vmaSpecs(),
                setup,
                tasks,
                conversion.releaseAll(),
                List.of(),
                List.of(),
                List.of(),
                says ? List.of(invariant) : List.of());
        return new Candidate(scenario, workers);
    }

    private List<List<Log.Entry>> windows(Moment moment, int depth) {
        List<List<Log.Entry>> windows = new ArrayList<>();
        for (Log.Entry last : moment.last()) {
            List<Log.Entry> touching = log.of(last.worker()).subList(0, last.index() + 1).stream()
                    .filter(entry -> moment.focus().isTouchedBy(entry.operation(), log))
                    .toList();
            windows.add(touching.subList(Math.max(0, touching.size() - depth), touching.size()));
        }
        windows.removeIf(List::isEmpty);
        return windows;
    }

    private List<Log.Entry> earlier(Before before, Moment moment, List<List<Log.Entry>> windows) {
        return switch (before) {
            case NOTHING -> List.of();
            case LOG -> logged(moment, windows);
            case READ -> read(moment.focus(), windows);
            case STATE, TLBS ->
                log.state().stream()
                        .filter(entry -> moment.focus().isTouchedBy(entry.operation(), log))
                        .filter(entry -> !isForkedIn(windows, entry.operation()))
                        .toList();
        };
    }

    private static boolean isForkedIn(List<List<Log.Entry>> windows, LoggedOperation state) {
        return state.kind() == Operation.FORK
                && windows.stream()
                        .flatMap(List::stream)
                        .map(Log.Entry::operation)
                        .anyMatch(done -> done.kind() == Operation.FORK && done.argument() == state.argument());
    }

    /** A driver with counted pages inserts one, in each process; elsewhere the first access brings it. */
    private List<Log.Entry> read(Focus focus, List<List<Log.Entry>> windows) {
        if (handler == Handler.PAGE || !isInserted(focus.slot())) {
            return List.of();
        }
        boolean lock = focus.slot() == Slot.BUFFER;
        long inserted = LoggedOperation.insertion(lock, handler == Handler.ZEROPAGE ? 1 : 0, MapPlan.NONE);
        return windows.stream()
                .flatMap(window -> access(focus, window, Operation.VM_INSERT_PAGE, inserted).stream())
                .distinct()
                .toList();
    }

    private static boolean isInserted(Slot slot) {
        return slot == Slot.CONSTANTS || slot == Slot.TEMPLATE || slot == Slot.BUFFER || slot == Slot.RING;
    }

    /** One page, in the process of the first operation of a window that has a place. */
    private List<Log.Entry> access(Focus focus, List<Log.Entry> window, Operation kind, long argument) {
        int page = Math.max(0, focus.page());
        return window.stream()
                .map(Log.Entry::operation)
                .filter(operation -> operation.addr() != 0)
                .map(operation -> new LoggedOperation(
                        kind, OpResult.OK, operation.mm(), 0, focus.slot().addr(page), 1, argument, 0, 0))
                .map(operation -> new Log.Entry(Log.NOBODY, 0, operation))
                .limit(1)
                .toList();
    }

    /** What was done there before the windows, in the order of time. */
    private List<Log.Entry> logged(Moment moment, List<List<Log.Entry>> windows) {
        Map<Integer, Integer> firsts = new HashMap<>();
        windows.forEach(
                window -> firsts.put(window.get(0).worker(), window.get(0).index()));
        long start = windows.stream()
                .mapToLong(window -> window.get(0).operation().startNanos())
                .min()
                .orElse(0);
        List<Log.Entry> all = new ArrayList<>();
        for (int worker = 0; worker < log.workers(); worker++) {
            for (Log.Entry entry : log.of(worker)) {
                Integer first = firsts.get(worker);
                boolean earlier = first == null ? entry.endNanos() < start : entry.index() < first;
                if (earlier && moment.focus().isTouchedBy(entry.operation(), log)) {
                    all.add(entry);
                }
            }
        }
        all.sort(Log.BY_TIME);
        return all.subList(Math.max(0, all.size() - SETUP_MAX), all.size());
    }

    private void addTask(List<Log.Entry> window) {
        long home = home(window);
        List<Step> steps = new ArrayList<>();
        for (Log.Entry entry : window) {
            setup.addAll(makeRoom(entry.operation()));
            steps.addAll(conversion.steps(entry, home));
        }
        if (!steps.isEmpty()) {
            tasks.add(new TaskScript(taskName(tasks.size()), names.process(home), steps));
            workers.add(log.name(window.get(window.size() - 1).worker()));
        }
    }

    private static String taskName(int number) {
        return number < 26 ? String.valueOf((char) ('a' + number)) : "t" + number;
    }

    /** A task can map in its own process only; else it belongs where it was last. */
    private long home(List<Log.Entry> window) {
        long home = 0;
        for (Log.Entry entry : window) {
            boolean maps = isMmap(entry.operation().kind());
            home = log.rootOf(entry.operation().mm());
            if (maps) {
                break;
            }
        }
        return home;
    }

    private static boolean isMmap(Operation kind) {
        return switch (kind) {
            case MMAP, VM_MAP_PAGES, VM_MAP_PAGES_ZERO, REMAP_PFN_RANGE -> true;
            default -> false;
        };
    }

    /** mmap(2) refuses what is mapped; the munmap that came before may not be in the log any more. */
    private List<Step> makeRoom(LoggedOperation operation) {
        Slot slot = operation.slot();
        if (slot == null || log.isChild(operation.mm())) {
            return List.of();
        }
        Set<Integer> gone = unmapped.computeIfAbsent(List.of(operation.mm(), slot), any -> new HashSet<>());
        List<Integer> pages = new ArrayList<>();
        for (int page = operation.page(); page < operation.page() + operation.pages(); page++) {
            pages.add(page);
        }
        if (operation.kind() == Operation.MUNMAP) {
            gone.addAll(pages);
        }
        if (!isMmap(operation.kind())) {
            return List.of();
        }
        boolean room = gone.containsAll(pages);
        pages.forEach(gone::remove);
        if (room) {
            return List.of();
        }
        String vma = names.vma(slot, operation.mm());
        Arg.Region region = new Arg.Region(null, vma, operation.page(), operation.page() + operation.pages() - 1);
        return List.of(Conversion.step("munmap", region));
    }

    /** The children that were forked before the log begins. */
    private List<Step> missingForks() {
        List<Step> forks = new ArrayList<>();
        names.children().forEach((mm, child) -> {
            boolean there = Stream.concat(setup.stream(), tasks.stream().flatMap(task -> task.steps().stream()))
                    .anyMatch(step -> step.kind().name().equals("fork")
                            && step.args().get(0).equals(new Arg.Name(child)));
            if (!there) {
                forks.add(conversion.forkOf(log.rootOf(mm), child));
            }
        });
        return forks;
    }
}
