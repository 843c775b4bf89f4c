package org.mmrace.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An appointment of two workers at one address: a race that lasts nanoseconds is hit far more often when both sides
 * start together than when they meet by chance.
 */
final class Duel {
    private static final int OPEN = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;

    /** What the two sides do. */
    enum Kind {
        /** Two drivers insert at the same place. */
        INSERT_INSERT(RoleKind.INSERTER, RoleKind.INSERTER),
        /** Two threads give the same page back. */
        ZAP_ZAP(RoleKind.UNMAPPER, RoleKind.FAULTER),
        /** Pins while the process forks. */
        FORK_PIN(RoleKind.FORKER, RoleKind.PINNER),
        /** Pins while the page goes away and its frame is used again. */
        PIN_ZAP(RoleKind.PINNER, RoleKind.UNMAPPER),
        /** A forced write while the page goes away. */
        FORCE_ZAP(RoleKind.PINNER, RoleKind.UNMAPPER),
        /** A read fault of a DAX hole in one process, a write fault in another. */
        DAX_READ_WRITE(RoleKind.FAULTER, RoleKind.UNMAPPER),
        /** write(2) to a DAX hole that is mapped, and a write fault. */
        DAX_WRITE_STORE(RoleKind.FAULTER, RoleKind.UNMAPPER),
        /** Rights go and come back while others store. */
        PROTECT_STORE(RoleKind.PROTECTOR, RoleKind.FAULTER),
        /** A mapping goes and comes back while others use it. */
        UNMAP_ACCESS(RoleKind.UNMAPPER, RoleKind.FAULTER),
        /** A mapping of a DAX file goes while a hole is punched in the file. */
        UNMAP_PUNCH(RoleKind.UNMAPPER, RoleKind.FAULTER),
        /** A page of a file is written back while it is unmapped and written to. */
        CLEAN_STORE(RoleKind.CLEANER, RoleKind.FAULTER),
        /** A page of a file is reclaimed while a process gives it back. */
        RECLAIM_ZAP(RoleKind.RECLAIMER, RoleKind.UNMAPPER);

        private final RoleKind one;
        private final RoleKind other;

        Kind(RoleKind one, RoleKind other) {
            this.one = one;
            this.other = other;
        }

        /** The duels of the roles that are played at all. */
        static Kind[] of(RoleMix mix) {
            return Stream.of(values())
                    .filter(kind -> mix.weight(kind.one) > 0 && mix.weight(kind.other) > 0)
                    .toArray(Kind[]::new);
        }
    }

    private final Kind kind;
    private final Process process;
    private final Slot slot;
    private final int page;
    private final AtomicInteger state = new AtomicInteger(OPEN);

    Duel(Kind kind, Process process, Slot slot, int page) {
        this.kind = kind;
        this.process = process;
        this.slot = slot;
        this.page = page;
    }

    Kind kind() {
        return kind;
    }

    Process process() {
        return process;
    }

    Slot slot() {
        return slot;
    }

    int page() {
        return page;
    }

    /** Whether the caller is the second side now. */
    boolean take() {
        return state.compareAndSet(OPEN, TAKEN);
    }

    boolean isTaken() {
        return state.get() == TAKEN;
    }

    /** Whether nobody came in time; false if somebody has come after all. */
    boolean withdraw() {
        return state.compareAndSet(OPEN, WITHDRAWN);
    }
}
