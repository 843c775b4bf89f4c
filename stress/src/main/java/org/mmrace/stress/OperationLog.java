package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;

/** The last operations of one worker. Written by it alone; read when it rests, or is stuck. */
final class OperationLog {
    /** A power of two; enough for what led to a race, and small enough to stay in the cache of the CPU. */
    static final int SIZE = 128;

    private final Operation[] kinds = new Operation[SIZE];
    private final OpResult[] results = new OpResult[SIZE];
    private final long[] mmIds = new long[SIZE];
    private final long[] parentIds = new long[SIZE];
    private final long[] addrs = new long[SIZE];
    private final int[] pages = new int[SIZE];
    private final long[] arguments = new long[SIZE];
    private final long[] starts = new long[SIZE];
    private final long[] ends = new long[SIZE];
    private long count;

    void begin(Operation kind, long mmId, long parentId, long addr, int pageCount, long argument, long now) {
        int i = (int) (count++ & SIZE - 1);
        kinds[i] = kind;
        results[i] = OpResult.RUNNING;
        mmIds[i] = mmId;
        parentIds[i] = parentId;
        addrs[i] = addr;
        pages[i] = pageCount;
        arguments[i] = argument;
        starts[i] = now;
        ends[i] = now;
    }

    /** What was not known when the operation began. */
    void detail(int pageCount, long argument) {
        int i = last();
        pages[i] = pageCount;
        arguments[i] = argument;
    }

    void end(OpResult result, long now) {
        int i = last();
        results[i] = result;
        ends[i] = now;
    }

    private int last() {
        return (int) (count - 1 & SIZE - 1);
    }

    Operation kind() {
        return kinds[last()];
    }

    long start() {
        return starts[last()];
    }

    boolean isRunning() {
        return count > 0 && results[last()] == OpResult.RUNNING;
    }

    /** What it is doing or has done last. */
    String last(long now) {
        List<LoggedOperation> all = operations(now);
        return all.isEmpty() ? "nothing yet" : all.get(all.size() - 1).toString();
    }

    /** The last operations, oldest first, with the times counted from {@code now}. */
    List<LoggedOperation> operations(long now) {
        long written = count;
        List<LoggedOperation> all = new ArrayList<>();
        for (long n = Math.max(0, written - SIZE); n < written; n++) {
            int i = (int) (n & SIZE - 1);
            all.add(new LoggedOperation(
                    kinds[i],
                    results[i],
                    mmIds[i],
                    parentIds[i],
                    addrs[i],
                    pages[i],
                    arguments[i],
                    starts[i] - now,
                    ends[i] - starts[i]));
        }
        return all;
    }
}
