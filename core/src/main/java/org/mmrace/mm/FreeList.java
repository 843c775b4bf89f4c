package org.mmrace.mm;

import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * Free frames by number: a short stack per CPU that only its own task touches, and a common one behind a lock
 * ({@code per_cpu_pages} and {@code zone->free_area}). The most recently freed frame is handed out first.
 */
final class FreeList {
    /** Most frames that a CPU's stack fetches, or gives back, at a time ({@code pcp->batch}); it holds two batches. */
    private static final int BATCH_MAX = 16;

    /** Frame 0 is never free, so 0 says that none is left. */
    static final long NO_FRAME = 0;

    private final Kernel kernel;
    private final SpinLock zoneLock;
    private final WordArray zone;
    private final Word zoneCount = new Word();
    private final int batch;
    private final WordArray[] pcp;
    private final Word[] pcpCount;

    FreeList(Kernel kernel, String name, int capacity) {
        this.kernel = kernel;
        this.zoneLock = new SpinLock(LockClass.ZONE, name);
        this.zone = new WordArray(capacity);
        // As zone_batchsize(): in small memory no CPU may take everything away from the others.
        this.batch = Math.min(BATCH_MAX, Math.max(1, capacity / (2 * kernel.cpus())));
        this.pcp = new WordArray[kernel.cpus()];
        this.pcpCount = new Word[kernel.cpus()];
        for (int cpu = 0; cpu < pcp.length; cpu++) {
            pcp[cpu] = new WordArray(2 * batch);
            pcpCount[cpu] = new Word();
        }
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names, String name) {
        names.words(zone, index -> name + " free[" + index + "]");
        names.word(zoneCount, () -> name + " free count");
        for (int i = 0; i < pcp.length; i++) {
            int cpu = i;
            names.words(pcp[cpu], index -> name + " pcp" + cpu + "[" + index + "]");
            names.word(pcpCount[cpu], () -> name + " pcp" + cpu + " count");
        }
    }

    /** Adds a frame at boot, before any task runs. */
    void addAtBoot(long frame) {
        long count = kernel.readPlain(zoneCount);
        kernel.writePlain(zone, (int) count, frame);
        kernel.writePlain(zoneCount, count + 1);
    }

    /** Takes a frame; {@link #NO_FRAME} when none is left here or in the common stack. */
    long take(Task task) {
        WordArray mine = pcp[task.cpu()];
        long count = kernel.readPlain(pcpCount[task.cpu()]);
        if (count == 0) {
            count = fetch(task, mine);
            if (count == 0) {
                return NO_FRAME;
            }
        }
        kernel.writePlain(pcpCount[task.cpu()], count - 1);
        return kernel.readPlain(mine, (int) count - 1);
    }

    /** Gives a frame back. */
    void give(Task task, long frame) {
        WordArray mine = pcp[task.cpu()];
        long count = kernel.readPlain(pcpCount[task.cpu()]);
        if (count == 2L * batch) {
            count = spill(task, mine);
        }
        kernel.writePlain(mine, (int) count, frame);
        kernel.writePlain(pcpCount[task.cpu()], count + 1);
    }

    private long fetch(Task task, WordArray mine) {
        kernel.spinLock(task, zoneLock);
        long left = kernel.readPlain(zoneCount);
        int moved = (int) Math.min(batch, left);
        for (int i = 0; i < moved; i++) {
            kernel.writePlain(mine, moved - 1 - i, kernel.readPlain(zone, (int) left - 1 - i));
        }
        kernel.writePlain(zoneCount, left - moved);
        kernel.spinUnlock(task, zoneLock);
        return moved;
    }

    private long spill(Task task, WordArray mine) {
        kernel.spinLock(task, zoneLock);
        long there = kernel.readPlain(zoneCount);
        for (int i = 0; i < batch; i++) {
            kernel.writePlain(zone, (int) there + i, kernel.readPlain(mine, i));
        }
        kernel.writePlain(zoneCount, there + batch);
        kernel.spinUnlock(task, zoneLock);
        for (int i = 0; i < batch; i++) {
            kernel.writePlain(mine, i, kernel.readPlain(mine, batch + i));
        }
        return batch;
    }
}
