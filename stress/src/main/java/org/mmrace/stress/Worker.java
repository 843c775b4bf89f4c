package org.mmrace.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Page;
import org.mmrace.op.Machine;

/**
 * One CPU with its task: plays the roles, in whatever process it is at the moment. What it needs for each operation is
 * made once, here. Touched by one thread at a time.
 */
final class Worker {
    /** Operations before it goes to another process. */
    private static final int STAY_MAX = 32;

    private static final int HOT_PERCENT = 45;
    private static final int HOT_PAGES = 2;
    private static final int HEAT_OPS = 1024;

    private final World world;
    private final Task task;
    private final SplittableRandom random;
    private final Role[] roles =
            Arrays.stream(RoleKind.values()).map(RoleKind::newRole).toArray(Role[]::new);
    private final Tally tally = new Tally();
    private final OperationLog log = new OperationLog();
    private final PinLedger pins = new PinLedger();
    private final AtomicLong done = new AtomicLong();
    private final @Nullable Duellist duellist;
    private final LocalLong loaded = new LocalLong(0);
    private final List<Page> pages = new ArrayList<>();
    private @Nullable Process process;
    private @Nullable Process child;
    private MapPlan plan = MapPlan.NONE;
    private Slot slot = Slot.ANON;
    private int page;
    private int stay;
    private long serial;

    Worker(World world, Task task, @Nullable Duellist duellist, long seed) {
        this.world = world;
        this.task = task;
        this.duellist = duellist;
        this.random = new SplittableRandom(seed * 1_000_003 + task.cpu());
    }

    /** Plays one role, drawn by weight. */
    void step() {
        if (stay-- <= 0) {
            chooseProcess();
        }
        if (duellist == null || !duellist.step(this)) {
            roles[world.config().mix().pick(random).ordinal()].step(this);
        }
        if (pins.isDue(serial)) {
            pins.releaseDue(serial, this::release);
        }
    }

    /** Plays this role. */
    void play(RoleKind role) {
        roles[role.ordinal()].step(this);
    }

    private void chooseProcess() {
        stay = 1 + random.nextInt(STAY_MAX);
        Process mine = child;
        if (mine != null && random.nextInt(4) == 0) {
            process = mine;
        } else if (world.config().processesDisjoint()) {
            goHome();
        } else {
            process = world.process(random.nextInt(world.processCount()));
        }
    }

    void goHome() {
        process = world.process(task.cpu() % world.processCount());
    }

    void goTo(Process other) {
        process = other;
    }

    Process process() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException("no process yet");
        }
        return now;
    }

    @Nullable
    Process child() {
        return child;
    }

    void adopt(@Nullable Process newChild) {
        child = newChild;
    }

    // Where the next operation goes.

    /** Chooses a slot of {@code allowed} and a page of it. */
    void choosePlace(SlotSet allowed) {
        Slot hot = world.hot();
        slot = allowed.contains(hot) && random.nextInt(100) < HOT_PERCENT
                ? hot
                : allowed.get(random.nextInt(allowed.size()));
        page = random.nextInt(4) == 0 ? random.nextInt(slot.pages()) : random.nextInt(HOT_PAGES);
    }

    /** Goes to this page. */
    void place(Slot newSlot, int newPage) {
        slot = newSlot;
        page = newPage;
    }

    Slot slot() {
        return slot;
    }

    int page() {
        return page;
    }

    long addr() {
        return slot.addr(page);
    }

    /** A number of pages from {@link #page} on: often 1, never beyond the slot. */
    int chooseCount() {
        int most = slot.pages() - page;
        return random.nextInt(3) != 0 ? Math.min(most, 1 + random.nextInt(2)) : 1 + random.nextInt(most);
    }

    // Bookkeeping around each operation.

    /** An operation begins, on {@code pages} pages from {@code addr} on; the rest is for the log. */
    void begin(Operation kind, long addr, int pages, long argument) {
        Process in = process();
        log.begin(kind, in.mm().id(), in.parentId(), addr, pages, argument, System.nanoTime());
    }

    /** What the operation that runs has decided on its way, for the log. */
    void detail(int pages, long argument) {
        log.detail(pages, argument);
    }

    /** The operation has ended. */
    void end(OpResult result) {
        machine().kernel().noteContextSwitch(task);
        long now = System.nanoTime();
        tally.count(log.kind(), result, now - log.start());
        log.end(result, now);
        serial++;
        done.lazySet(serial);
        if (task.cpu() == 0 && serial % HEAT_OPS == 0) {
            world.heat(SlotSet.ALL.get(random.nextInt(SlotSet.ALL.size())));
        }
    }

    /** The thread unwinds out of an operation. */
    void abandon(OpResult result) {
        if (log.isRunning()) {
            long now = System.nanoTime();
            tally.count(log.kind(), result, now - log.start());
            log.end(result, now);
        }
    }

    /** Complains of {@code value}, read at this place, if it may not be there. */
    void checkData(Process owner, Slot at, int atPage, long value) {
        String wrong = DataTags.check(owner, at, atPage, value);
        if (wrong != null) {
            Invariant invariant = at.shared() && DataTags.isPrivate(value) ? Invariant.I24 : Invariant.I23;
            String message = at.place(owner.mm(), atPage) + " holds " + wrong;
            world.sink().violated(new Violation(invariant, message, task));
        }
    }

    /** What a store to this place writes. */
    long newTag(Process owner, Slot at, int atPage) {
        FileKind file = at.file();
        return at.shared() && file != null
                ? DataTags.shared(owner.files().id(file), atPage, serial)
                : DataTags.privately(owner.mm().id(), at.pageNumber(atPage), owner.forks());
    }

    /** What the next mmap hook is to do. */
    void plan(MapPlan next) {
        plan = next;
    }

    MapPlan takePlan() {
        MapPlan taken = plan;
        plan = MapPlan.NONE;
        return taken;
    }

    // Pins.

    void hold(Page held, int heldPage, int gupFlags, int operations) {
        pins.add(held, process(), slot, heldPage, gupFlags, serial + operations);
    }

    PinLedger pins() {
        return pins;
    }

    void release(Page held, Process owner, Slot at, int atPage, int gupFlags) {
        Pinner.release(this, held, owner, at, atPage, gupFlags);
    }

    /** Before a system call that takes the inode lock of a DAX file: who truncates it holds that and waits for pins. */
    void releaseFsdaxPins() {
        pins.releaseFsdax(this::release);
    }

    void releaseAllPins() {
        pins.releaseDue(Long.MAX_VALUE, this::release);
    }

    /** Nothing of it is under way afterwards: nobody waits for it, and a recount finds no callback of its CPU. */
    void rest() {
        releaseAllPins();
        kernel().rcuBarrier(task);
    }

    // What it works with.

    World world() {
        return world;
    }

    Machine machine() {
        return world.machine();
    }

    MemoryManager mm() {
        return world.machine().mm();
    }

    Kernel kernel() {
        return world.kernel();
    }

    Task task() {
        return task;
    }

    SplittableRandom random() {
        return random;
    }

    /** Receives what loads read; for one operation at a time. */
    LocalLong loaded() {
        return loaded;
    }

    /** Receives pages; for one operation at a time. */
    List<Page> pages() {
        return pages;
    }

    Tally tally() {
        return tally;
    }

    OperationLog log() {
        return log;
    }

    /** How many operations it has done; any thread may ask. */
    long done() {
        return done.get();
    }
}
