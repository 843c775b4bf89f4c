package org.mmrace.op;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Vma;
import org.mmrace.mm.VmaLocks;

/** A driver's call with mmap_lock held, on the VMA that it finds at an address. */
final class MmapLocked {
    /** The keyword for mmap_lock held for reading, as in a fault handler. */
    static final String READ = "mmap_read_lock";

    /** The keyword for mmap_lock and VMA lock held for writing. */
    static final String WRITE = "mmap_write_lock";

    private MmapLocked() {}

    /**
     * What {@code call} gives.
     *
     * @throws MissingException when there is no VMA at {@code at}
     */
    static int call(Actor actor, Arg.Region at, boolean read, ToIntFunction<Vma> call) {
        return read ? readLocked(actor, at, call) : writeLocked(actor, at, call);
    }

    /** The same under mmap_lock for reading. */
    static int readLocked(Actor actor, Arg.Region at, ToIntFunction<Vma> call) {
        Mm mm = actor.process(at);
        actor.kernel().downRead(actor.task(), mm.mmapLock());
        Vma vma = mm.tree().lookup(actor.addr(at));
        int result = vma == null ? 0 : call.applyAsInt(vma);
        actor.kernel().upRead(actor.task(), mm.mmapLock());
        return checked(vma, at, result);
    }

    private static int writeLocked(Actor actor, Arg.Region at, ToIntFunction<Vma> call) {
        Mm mm = actor.process(at);
        VmaLocks locks = actor.machine().platform().vmaLocks();
        locks.mmapWriteLock(actor.task(), mm);
        Vma vma = mm.tree().lookup(actor.addr(at));
        int result = 0;
        if (vma != null) {
            locks.startWrite(actor.task(), vma);
            result = call.applyAsInt(vma);
        }
        locks.mmapWriteUnlock(actor.task(), mm);
        return checked(vma, at, result);
    }

    private static int checked(@Nullable Vma vma, Arg.Region at, int result) {
        if (vma == null) {
            throw new MissingException(at.toString());
        }
        return result;
    }
}
