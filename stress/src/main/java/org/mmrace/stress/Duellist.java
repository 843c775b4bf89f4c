package org.mmrace.stress;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;

/** Offers duels to the other workers, takes theirs, and fights. One per worker; they share one open offer. */
final class Duellist {
    /** How often it offers one, in steps: often where offers are taken, hardly ever where the others seldom run. */
    private static final int ONE_IN_MIN = 28;

    private static final int ONE_IN_MAX = 400;
    private static final int ONE_IN_PENALTY = 4;

    /** Some 100 microseconds: a worker that runs comes sooner. */
    private static final int PATIENCE_SPINS = 4_000;

    private static final int SKEW_SPINS_MAX = 24;
    private static final int BURST = 12;
    private static final Slot[] INSERTED = {Slot.CONSTANTS, Slot.TEMPLATE, Slot.CONSTANTS, Slot.BUFFER};
    private static final Slot[] PROTECTED = {Slot.ANON, Slot.SHMEM_SHARED, Slot.CACHE_SHARED, Slot.CACHE_PRIVATE};

    private final AtomicReference<@Nullable Duel> open;
    private final Duel.Kind[] kinds;
    private int oneIn = ONE_IN_MIN;

    Duellist(AtomicReference<@Nullable Duel> open, RoleMix mix) {
        this.open = open;
        this.kinds = Duel.Kind.of(mix);
    }

    /** Fights if there is somebody to fight with; whether it did. */
    boolean step(Worker worker) {
        Duel offered = open.get();
        if (offered != null) {
            if (!offered.take()) {
                return false;
            }
            open.compareAndSet(offered, null);
            enter(worker, offered);
            spin(worker.random().nextInt(SKEW_SPINS_MAX));
            second(worker, offered);
            worker.goHome();
            return true;
        }
        return kinds.length > 0 && worker.random().nextInt(oneIn) == 0 && offer(worker);
    }

    private boolean offer(Worker worker) {
        SplittableRandom random = worker.random();
        Duel.Kind kind = kinds[random.nextInt(kinds.length)];
        Process process = worker.world().process(random.nextInt(worker.world().processCount()));
        Duel duel = new Duel(kind, process, place(kind, random), random.nextInt(2));
        enter(worker, duel);
        prepare(worker, kind);
        if (!open.compareAndSet(null, duel)) {
            worker.goHome();
            return false;
        }
        for (int i = 0; i < PATIENCE_SPINS && !duel.isTaken(); i++) {
            Thread.onSpinWait();
        }
        boolean alone = duel.withdraw();
        oneIn = alone ? Math.min(ONE_IN_MAX, oneIn + ONE_IN_PENALTY) : Math.max(ONE_IN_MIN, oneIn / 2);
        if (alone) {
            open.compareAndSet(duel, null);
        } else {
            spin(random.nextInt(SKEW_SPINS_MAX));
            first(worker, kind);
        }
        worker.goHome();
        return !alone;
    }

    static void enter(Worker worker, Duel duel) {
        worker.goTo(duel.process());
        worker.place(duel.slot(), duel.page());
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    static Slot place(Duel.Kind kind, SplittableRandom random) {
        return switch (kind) {
            case INSERT_INSERT -> INSERTED[random.nextInt(INSERTED.length)];
            case FORK_PIN -> Slot.ANON;
            case FORCE_ZAP -> Slot.CACHE_FORCED;
            case DAX_READ_WRITE, DAX_WRITE_STORE, UNMAP_PUNCH ->
                random.nextBoolean() ? Slot.DAX_SHARED : Slot.VIRTIOFS_SHARED;
            case CLEAN_STORE, RECLAIM_ZAP -> Slot.CACHE_SHARED;
            case PROTECT_STORE -> PROTECTED[random.nextInt(PROTECTED.length)];
            case ZAP_ZAP, PIN_ZAP, UNMAP_ACCESS -> SlotSet.ALL.get(random.nextInt(SlotSet.ALL.size()));
        };
    }

    /** Before the offer: the address is made ready for the race. */
    static void prepare(Worker worker, Duel.Kind kind) {
        switch (kind) {
            case INSERT_INSERT -> Unmapper.dontneed(worker, 1);
            case ZAP_ZAP, UNMAP_ACCESS, DAX_WRITE_STORE -> {
                if (kind == Duel.Kind.DAX_WRITE_STORE) {
                    Unmapper.punch(worker, 1);
                }
                Faulter.load(worker);
            }
            case DAX_READ_WRITE -> Unmapper.punch(worker, 1);
            case RECLAIM_ZAP -> {
                Cleaner.write(worker, FileKind.CACHE, worker.page());
                Faulter.load(worker);
            }
            default -> Faulter.store(worker);
        }
    }

    /** The side of the one who offered. */
    static void first(Worker worker, Duel.Kind kind) {
        switch (kind) {
            case INSERT_INSERT -> Inserter.insert(worker, Operation.VM_INSERT_PAGE);
            case ZAP_ZAP -> {
                Unmapper.dontneed(worker, 1);
                Faulter.load(worker);
            }
            case FORK_PIN -> Forker.forkOnce(worker);
            case PIN_ZAP -> pinAgainAndAgain(worker);
            case FORCE_ZAP -> Pinner.get(worker, false, GupFlags.PIN | GupFlags.WRITE | GupFlags.FORCE, 1, 0);
            case DAX_READ_WRITE -> Faulter.load(worker);
            case DAX_WRITE_STORE -> Faulter.writeFile(worker, worker.slot().file(), worker.page(), true);
            case PROTECT_STORE -> {
                Protector.protect(worker, 1, VmFlags.READ);
                Protector.protect(worker, 1, VmFlags.READ | VmFlags.WRITE);
            }
            case CLEAN_STORE -> {
                Unmapper.dontneed(worker, 1);
                Cleaner.write(worker, FileKind.CACHE, worker.page());
            }
            case RECLAIM_ZAP -> Reclaimer.shrinkFile(worker, worker.page());
            case UNMAP_ACCESS, UNMAP_PUNCH -> Unmapper.remapChosen(worker, Operation.MMAP, MapPlan.NONE);
        }
    }

    /** The side of the one who came. */
    static void second(Worker worker, Duel duel) {
        switch (duel.kind()) {
            case INSERT_INSERT -> Inserter.insert(worker, Operation.VM_INSERT_PAGE);
            case ZAP_ZAP -> {
                Faulter.load(worker);
                Unmapper.dontneed(worker, 1);
                Faulter.load(worker);
            }
            case FORK_PIN -> {
                pinAgainAndAgain(worker);
                pinAgainAndAgain(worker);
                Faulter.store(worker);
            }
            case PIN_ZAP -> {
                Unmapper.dontneed(worker, 1);
                Faulter.store(worker);
            }
            case FORCE_ZAP -> {
                for (int i = 0; i < BURST / 2; i++) {
                    Unmapper.dontneed(worker, 1);
                }
            }
            case DAX_READ_WRITE -> {
                int other = worker.random().nextInt(worker.world().processCount());
                worker.goTo(worker.world().process(other));
                Faulter.store(worker);
            }
            case DAX_WRITE_STORE, PROTECT_STORE -> Faulter.store(worker);
            case UNMAP_PUNCH -> Unmapper.punch(worker, 1);
            case CLEAN_STORE -> {
                for (int i = 0; i < BURST / 2; i++) {
                    Faulter.store(worker);
                }
            }
            case RECLAIM_ZAP -> {
                Faulter.load(worker);
                Unmapper.dontneed(worker, 1);
                Faulter.load(worker);
            }
            case UNMAP_ACCESS -> {
                Faulter.load(worker);
                Faulter.store(worker);
                Pinner.get(worker, true, GupFlags.PIN, 1, 0);
            }
        }
    }

    private static void pinAgainAndAgain(Worker worker) {
        for (int i = 0; i < BURST; i++) {
            Pinner.get(worker, true, GupFlags.PIN | GupFlags.WRITE | GupFlags.FAST_ONLY, 1, 0);
        }
    }
}
