package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mmrace.fault.Fault;

/** A checker that finds what it is told to, in 10 ms each, and keeps a list of what it was asked. */
final class ScriptedChecker implements FaultChecker {
    static final Duration EACH = Duration.ofMillis(10);

    final List<String> asked = new ArrayList<>();
    private final String name;
    private final Set<Fault> covered;
    private final Set<Fault> found;
    private final boolean criesAlways;
    private int untilInterrupted = Integer.MAX_VALUE;

    ScriptedChecker(String name, Set<Fault> covered, Set<Fault> found, boolean criesAlways) {
        this.name = name;
        this.covered = covered;
        this.found = found;
        this.criesAlways = criesAlways;
    }

    /** After this many attempts the next ones come to nothing, as after an interruption. */
    ScriptedChecker interruptedAfter(int attempts) {
        untilInterrupted = attempts;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return "does as it is told";
    }

    @Override
    public boolean covers(Fault fault) {
        return covered.contains(fault);
    }

    @Override
    public boolean seeded() {
        return true;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        if (asked.size() >= untilInterrupted) {
            return Optional.empty();
        }
        asked.add(fault + (on ? " on " : " off ") + seed);
        boolean caught = (on && found.contains(fault)) || criesAlways;
        List<String> by = caught ? List.of(fault.caughtBy().get(0)) : List.of();
        return Optional.of(new Trial(fault, name, on, seed, by, EACH, 100 * seed));
    }

    @Override
    public void interrupt() {
        untilInterrupted = 0;
    }
}
