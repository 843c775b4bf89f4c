package org.mmrace.mm;

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
    /** A CPU's stack gives back, or fetches, half of this many. */
    private static final int PCP_HIGH = 32;

    /** Frame 0 is never free, so 0 says that none is left. */
    static final long NO_FRAME = 0;

    private final Kernel kernel;
    private final SpinLock zoneLock;
    private final WordArray zone;
    private final Word zoneCount = new Word();
    private final WordArray[] pcp;
    private final Word[] pcpCount;

    FreeList(Kernel kernel, String name, int capacity) {
        this.kernel = kernel;
        this.zoneLock = new SpinLock(LockClass.ZONE, name);
        this.zone = new WordArray(capacity);
        this.pcp = new WordArray[kernel.cpus()];
        this.pcpCount = new Word[kernel.cpus()];
        for (int cpu = 0; cpu < pcp.length; cpu++) {
            pcp[cpu] = new WordArray(PCP_HIGH);
            pcpCount[cpu] = new Word();
        }
    }

    /** Adds a frame at boot, before any task runs. */
    void addAtBoot(long frame) {
        long count = kernel.readOnce(zoneCount);
        kernel.writeOnce(zone, (int) count, frame);
        kernel.writeOnce(zoneCount, count + 1);
    }

    /** Takes a frame; {@link #NO_FRAME} when none is left here or in the common stack. */
    long take(Task task) {
        WordArray mine = pcp[task.cpu()];
        long count = kernel.readOnce(pcpCount[task.cpu()]);
        if (count == 0) {
            count = fetch(task, mine);
            if (count == 0) {
                return NO_FRAME;
            }
        }
        kernel.writeOnce(pcpCount[task.cpu()], count - 1);
        return kernel.readOnce(mine, (int) count - 1);
    }

    /** Gives a frame back. */
    void give(Task task, long frame) {
        WordArray mine = pcp[task.cpu()];
        long count = kernel.readOnce(pcpCount[task.cpu()]);
        if (count == PCP_HIGH) {
            count = spill(task, mine);
        }
        kernel.writeOnce(mine, (int) count, frame);
        kernel.writeOnce(pcpCount[task.cpu()], count + 1);
    }

    private long fetch(Task task, WordArray mine) {
        kernel.spinLock(task, zoneLock);
        long left = kernel.readOnce(zoneCount);
        int moved = (int) Math.min(PCP_HIGH / 2, left);
        for (int i = 0; i < moved; i++) {
            kernel.writeOnce(mine, moved - 1 - i, kernel.readOnce(zone, (int) left - 1 - i));
        }
        kernel.writeOnce(zoneCount, left - moved);
        kernel.spinUnlock(task, zoneLock);
        return moved;
    }

    private long spill(Task task, WordArray mine) {
        int moved = PCP_HIGH / 2;
        kernel.spinLock(task, zoneLock);
        long there = kernel.readOnce(zoneCount);
        for (int i = 0; i < moved; i++) {
            kernel.writeOnce(zone, (int) there + i, kernel.readOnce(mine, i));
        }
        kernel.writeOnce(zoneCount, there + moved);
        kernel.spinUnlock(task, zoneLock);
        for (int i = moved; i < PCP_HIGH; i++) {
            kernel.writeOnce(mine, i - moved, kernel.readOnce(mine, i));
        }
        return (long) PCP_HIGH - moved;
    }
}
