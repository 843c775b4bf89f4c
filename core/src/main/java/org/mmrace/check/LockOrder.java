package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mmrace.kernel.HeldLocks;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/**
 * I32, lockdep's place: the order of kernel-semantics.md 12.2, which is the order of the {@link LockClass} constants. A
 * trylock cannot deadlock and may go against it. Looks only at what the task itself holds, so it is exact on any number
 * of threads.
 */
public final class LockOrder implements LockObserver {
    private static final int CLASSES = LockClass.values().length;

    private final Reporter reporter;
    private final AtomicLongArray learned = new AtomicLongArray(CLASSES * CLASSES);

    /** An observer that tells {@code sink}. */
    public LockOrder(ViolationSink sink) {
        reporter = new Reporter(sink);
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        if (trylock) {
            return;
        }
        LockClass taken = classOf(lock, mode);
        if (taken.sleeping() && task.irqsOff()) {
            bad(task, lock, "may sleep, with interrupts off");
        }
        HeldLocks held = task.held();
        for (int i = 0; i < held.size(); i++) {
            Lockable before = held.lock(i);
            if (before != null) {
                check(task, before, held.mode(i), lock, taken);
            }
        }
    }

    private void check(Task task, Lockable before, LockMode beforeMode, Lockable lock, LockClass taken) {
        if (before == lock) {
            bad(task, lock, "is taken again by its holder");
            return;
        }
        LockClass outer = classOf(before, beforeMode);
        learn(outer, taken);
        if (taken.sleeping() && !outer.sleeping()) {
            bad(task, lock, "may sleep, under spin lock " + before);
        } else if (outer.ordinal() > taken.ordinal()) {
            bad(task, lock, "is taken inside " + before + ", which belongs inside it");
        } else if (outer == taken && !mayNest(task, taken)) {
            bad(task, lock, "is taken inside " + before + " of its own class");
        }
    }

    /**
     * The class whose place in the order a lock has. A per-VMA lock is one semaphore, whose readers and writers have
     * different places.
     */
    public static LockClass classOf(Lockable lock, LockMode mode) {
        LockClass lockClass = lock.lockClass();
        return lockClass == LockClass.VMA_WRITE && mode == LockMode.READ ? LockClass.VMA_READ : lockClass;
    }

    /**
     * The nestings of section 12.2: a second PTL by fork and mremap, and a second pmd lock by mremap when it moves a
     * whole table, under mmap_lock for writing of every mm concerned; a second mmap_lock by fork, both for writing; VMA
     * write locks, under mmap_lock for writing.
     */
    private static boolean mayNest(Task task, LockClass lockClass) {
        return switch (lockClass) {
            case PTL, PAGE_TABLE -> count(task, lockClass) == 1 && allMmapLocksForWriting(task);
            case MMAP -> count(task, LockClass.MMAP) == 1 && allMmapLocksForWriting(task);
            case VMA_WRITE -> allMmapLocksForWriting(task);
            default -> false;
        };
    }

    private static int count(Task task, LockClass lockClass) {
        int count = 0;
        for (int i = 0; i < task.held().size(); i++) {
            Lockable lock = task.held().lock(i);
            count += lock != null && lock.lockClass() == lockClass ? 1 : 0;
        }
        return count;
    }

    private static boolean allMmapLocksForWriting(Task task) {
        boolean any = false;
        for (int i = 0; i < task.held().size(); i++) {
            Lockable lock = task.held().lock(i);
            if (lock != null && lock.lockClass() == LockClass.MMAP) {
                any = true;
                if (task.held().mode(i) != LockMode.WRITE) {
                    return false;
                }
            }
        }
        return any;
    }

    private void learn(LockClass outer, LockClass inner) {
        int edge = outer.ordinal() * CLASSES + inner.ordinal();
        if (learned.get(edge) == 0) {
            learned.set(edge, 1);
        }
    }

    private void bad(Task task, Lockable lock, String what) {
        reporter.report(Invariant.I32, task, lock + " " + what + "; held: " + task.held());
    }

    @Override
    public void released(Task task, Lockable lock) {}

    /** Which class was waited for inside which, as {@code "MMAP -> PTL"}, in the order of the classes; for reports. */
    public List<String> learned() {
        List<String> edges = new ArrayList<>();
        for (LockClass outer : LockClass.values()) {
            for (LockClass inner : LockClass.values()) {
                if (learned.get(outer.ordinal() * CLASSES + inner.ordinal()) != 0) {
                    edges.add(outer + " -> " + inner);
                }
            }
        }
        return edges;
    }
}
