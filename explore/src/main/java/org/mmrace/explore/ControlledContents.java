package org.mmrace.explore;

import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RawCells;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** The contents of cells, locks and CPUs as numbers, which guards are predicates over. */
final class ControlledContents {
    /** One writer that waits for a semaphore; readers that hold it count below. */
    private static final long WAITING_WRITER = 1L << 20;

    /** The writer that holds it. */
    private static final long WRITER = 1L << 40;

    private ControlledContents() {}

    /** See {@link Access#contents}. */
    static long of(Object object, int index) {
        if (object instanceof Word word) {
            return RawCells.get(word);
        } else if (object instanceof WordArray cells) {
            return RawCells.get(cells, index);
        } else if (object instanceof SpinLock lock) {
            return RawCells.get(RawCells.owner(lock)) == 0 ? 0 : 1;
        } else if (object instanceof RwSem lock) {
            long state = RawCells.get(RawCells.state(lock));
            return (state < 0 ? WRITER : state) + WAITING_WRITER * RawCells.get(RawCells.waitingWriters(lock));
        } else if (object instanceof ControlledCpu cpu) {
            return cpu.contents(index);
        } else if (object instanceof Ghost ghost) {
            return RawCells.get(ghost);
        }
        return 0;
    }

    /** See {@link Access#isAnnounced}. */
    static boolean isCell(Object object) {
        return object instanceof Word
                || object instanceof WordArray
                || object instanceof RcuPointer
                || object instanceof Lockable
                || object instanceof ControlledCpu;
    }

    /** Whether a semaphore with these contents lets a reader in. */
    static boolean mayRead(long semaphore) {
        return semaphore < WAITING_WRITER;
    }

    /** Whether a semaphore with these contents lets a writer in. */
    static boolean mayWrite(long semaphore) {
        return semaphore < WRITER && semaphore % WAITING_WRITER == 0;
    }
}
