package org.mmrace.handover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Place;
import org.mmrace.stress.Slot;

/**
 * The moments at which a violation may have come about, the likeliest first: where the violation itself happened; then,
 * for what a recount found at rest, wherever two workers were at one page at one time; then whatever a single worker
 * did.
 */
final class Moments {
    /** Of each sort; the search goes through them many times. */
    private static final int MOST = 40;

    private static final Comparator<Log.Entry> LAST_FIRST = Log.BY_TIME.reversed();

    private final Log log;
    private final Violation violation;

    Moments(Log log, Violation violation) {
        this.log = log;
        this.violation = violation;
    }

    List<Moment> all() {
        Set<Moment> moments = new LinkedHashSet<>();
        for (Focus focus : foci()) {
            moments.add(new Moment(focus, lastOf(focus)));
            moments.add(new Moment(focus.wide(), lastOf(focus.wide())));
        }
        moments.addAll(meetings());
        moments.addAll(alone());
        moments.removeIf(moment -> moment.last().isEmpty());
        return List.copyOf(moments);
    }

    /** What the message names, and where the task was that did it. */
    private Set<Focus> foci() {
        Set<Focus> foci = new LinkedHashSet<>();
        Log.Entry culprit = culprit();
        List<Place> named = Place.namedIn(violation.message());
        named.forEach(place -> foci.add(Focus.of(place)));
        if (culprit != null) {
            LoggedOperation operation = culprit.operation();
            Slot slot = operation.slot();
            if (slot != null) {
                for (int page = operation.page(); page < operation.page() + Math.max(1, operation.pages()); page++) {
                    foci.add(new Focus(slot, page, operation.mm()));
                }
            } else if (operation.kind() == Operation.FORK || operation.kind() == Operation.EXIT_MMAP) {
                foci.addAll(recentPlaces(culprit));
            }
        }
        return foci;
    }

    /** Fork and exit go through all mappings: those of the family that others were at last. */
    private Set<Focus> recentPlaces(Log.Entry culprit) {
        LoggedOperation operation = culprit.operation();
        long family = operation.kind() == Operation.EXIT_MMAP ? operation.argument() : operation.mm();
        return everything().stream()
                .sorted(LAST_FIRST)
                .filter(entry -> log.rootOf(entry.operation().mm()) == log.rootOf(family))
                .flatMap(entry -> {
                    Slot slot = entry.operation().slot();
                    return slot == null
                            ? Stream.<Focus>empty()
                            : Stream.of(new Focus(slot, entry.operation().page(), family));
                })
                .distinct()
                .limit(MOST)
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private Log.@Nullable Entry culprit() {
        int worker = violation.task() == null ? -1 : log.worker(violation.task().toString());
        List<Log.Entry> entries = worker < 0 ? List.of() : log.of(worker);
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    /** The last thing that each worker had to do with it. */
    private List<Log.Entry> lastOf(Focus focus) {
        List<Log.Entry> last = new ArrayList<>();
        for (int worker = 0; worker < log.workers(); worker++) {
            List<Log.Entry> entries = log.of(worker);
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (focus.isTouchedBy(entries.get(i).operation(), log)) {
                    last.add(entries.get(i));
                    break;
                }
            }
        }
        return last;
    }

    private List<Log.Entry> everything() {
        List<Log.Entry> all = new ArrayList<>();
        for (int worker = 0; worker < log.workers(); worker++) {
            all.addAll(log.of(worker));
        }
        return all;
    }

    /** Two operations of two workers at one place and time, the last ones first, one of each kind. */
    private List<Moment> meetings() {
        List<Moment> moments = new ArrayList<>();
        Set<List<Object>> shapes = new HashSet<>();
        for (int worker = 0; worker < log.workers(); worker++) {
            for (int other = worker + 1; other < log.workers(); other++) {
                meetings(log.of(worker), log.of(other), shapes, moments);
            }
        }
        moments.sort(Comparator.comparing(Moments::end, LAST_FIRST));
        return moments.subList(0, Math.min(MOST, moments.size()));
    }

    /** What began last. */
    private static Log.Entry end(Moment moment) {
        return Collections.max(moment.last(), Log.BY_TIME);
    }

    private void meetings(List<Log.Entry> mine, List<Log.Entry> theirs, Set<List<Object>> shapes, List<Moment> into) {
        for (int i = mine.size() - 1; i >= 0; i--) {
            for (int j = theirs.size() - 1; j >= 0; j--) {
                Log.Entry one = mine.get(i);
                Log.Entry other = theirs.get(j);
                Focus focus = one.overlaps(other) ? commonPlace(one.operation(), other.operation()) : null;
                if (focus != null && shapes.add(shape(one.operation(), other.operation()))) {
                    into.add(new Moment(focus, List.of(one, other)));
                }
            }
        }
    }

    private @Nullable Focus commonPlace(LoggedOperation one, LoggedOperation other) {
        Slot slot = one.slot() == null ? other.slot() : one.slot();
        if (slot == null) {
            return null;
        }
        LoggedOperation narrow =
                one.slot() == null || (other.slot() != null && other.pages() < one.pages()) ? other : one;
        Focus focus = new Focus(slot, narrow.page(), narrow.mm());
        return focus.isTouchedBy(one, log) && focus.isTouchedBy(other, log) ? focus : null;
    }

    private static List<Object> shape(LoggedOperation one, LoggedOperation other) {
        String mine = what(one);
        String theirs = what(other);
        return mine.compareTo(theirs) < 0 ? List.of(mine, theirs) : List.of(theirs, mine);
    }

    private static String what(LoggedOperation operation) {
        return operation.kind() + " " + operation.slot() + " " + operation.result();
    }

    /** One worker at each of its operations, one of each kind, the last ones first. */
    private List<Moment> alone() {
        List<Moment> moments = new ArrayList<>();
        Set<String> shapes = new HashSet<>();
        List<Log.Entry> all = everything();
        all.sort(LAST_FIRST);
        for (Log.Entry entry : all) {
            Slot slot = entry.operation().slot();
            if (slot != null && moments.size() < MOST && shapes.add(what(entry.operation()))) {
                Focus focus = new Focus(
                        slot, entry.operation().page(), entry.operation().mm());
                moments.add(new Moment(focus, List.of(entry)));
            }
        }
        return moments;
    }
}
