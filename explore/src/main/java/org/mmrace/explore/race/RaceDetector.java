package org.mmrace.explore.race;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * Finds the data races of one execution, under any strategy: FastTrack (Flanagan and Freund, PLDI 2009) with the order
 * that the kernel's verbs give. A race is found when its two accesses are in an execution, in whatever order, and
 * nothing orders them; the execution need not go wrong. Marked accesses do not race with each other.
 *
 * <p>Listens to one execution. Its reports name functions and lines if the detector asks for them; as that is slow,
 * replay the schedule of an execution that has a race with a second detector.
 */
public final class RaceDetector implements StepListener {
    private static final int RACES_MAX = 20;

    private record Found(Cell cell, Object object, int index, Seen first, Seen second) {}

    private final CellNaming names;
    private final boolean sources;
    private final HappensBefore order = new HappensBefore();
    private final Map<Object, Cell[]> cells = new IdentityHashMap<>();
    private final List<DataRace> races = new ArrayList<>();
    private @Nullable Found open;
    private @Nullable Step last;
    private long happened;
    private int unnamed;

    /** A detector that gives cells numbers for names. */
    public RaceDetector() {
        this(CellNaming.NONE, false);
    }

    /**
     * A detector that has more to say, for an execution that is known to have a race.
     *
     * @param names what to call cells
     * @param sources whether to say in which functions and lines of the program accesses are
     */
    public RaceDetector(CellNaming names, boolean sources) {
        this.names = names;
        this.sources = sources;
    }

    @Override
    public boolean wantsSources() {
        return sources;
    }

    @Override
    public void happens(Step step) {
        close();
        happened++;
        last = step;
        order.happens(step);
        Object object = step.object();
        if (object instanceof Word || object instanceof WordArray || object instanceof RcuPointer<?>) {
            access(step, object);
        }
    }

    @Override
    public void fenced() {
        Step step = last;
        if (step != null) {
            order.fence(step);
        }
    }

    /** The last step has taken effect. */
    @Override
    public void over(Choice choice) {
        close();
    }

    private void access(Step step, Object object) {
        Cell cell = cell(object, step.index());
        VectorClock clock = order.clock(step);
        boolean waits = step.verb() == Verb.WAIT_ON_BIT || step.verb() == Verb.WAIT_FOR_REF;
        long value = ControlledKernel.look(object, step.index()) instanceof Long number ? number : 0;
        Seen now = new Seen(step, happened, clock.of(step.number()), value);
        if (waits || !RacingAccess.isPlain(step.verb())) {
            order.access(step, cell);
        }
        Seen before = cell.access(now, clock);
        if (before != null && races.size() < RACES_MAX) {
            open = new Found(cell, object, step.index(), before, now);
        }
    }

    private Cell cell(Object object, int index) {
        Cell[] known = cells.getOrDefault(object, new Cell[0]);
        if (index >= known.length) {
            known = Arrays.copyOf(known, object instanceof WordArray array ? array.length() : 1);
            cells.put(object, known);
        }
        if (known[index] == null) {
            known[index] = new Cell();
        }
        return known[index];
    }

    /** The second access has happened, so that its value is known. */
    private void close() {
        Found found = open;
        if (found != null) {
            open = null;
            long now = ControlledKernel.look(found.object, found.index) instanceof Long number ? number : 0;
            boolean secondStores = found.second.verb().writes();
            races.add(new DataRace(
                    name(found),
                    found.first.access(),
                    found.second.access(),
                    secondStores ? found.second.value() : found.first.value(),
                    secondStores ? now : found.second.value()));
        }
    }

    private String name(Found found) {
        String name = names.nameOf(found.object, found.index);
        if (name == null) {
            name = "cell " + ++unnamed + (found.object instanceof WordArray ? "[" + found.index + "]" : "");
        }
        return name;
    }

    /** Whether there is one. */
    public boolean hasRaces() {
        return open != null || !races.isEmpty();
    }

    /** Those found so far, in the order of their second accesses; at most 20. Each place once. */
    public List<DataRace> races() {
        close();
        List<DataRace> different = new ArrayList<>();
        for (DataRace race : races) {
            if (different.stream().noneMatch(race::sameSource)) {
                different.add(race);
            }
        }
        return different;
    }
}
