package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;

/** The last operations of one worker. Written by it alone; read when it rests, or is stuck. */
final class OperationLog {
    private static final int SIZE = 64;

    private final OpKind[] kinds = new OpKind[SIZE];
    private final OpResult[] results = new OpResult[SIZE];
    private final long[] mmIds = new long[SIZE];
    private final long[] addrs = new long[SIZE];
    private final long[] arguments = new long[SIZE];
    private final long[] starts = new long[SIZE];
    private final long[] ends = new long[SIZE];
    private long count;

    void begin(OpKind kind, long mmId, long addr, long argument, long now) {
        int i = (int) (count++ & SIZE - 1);
        kinds[i] = kind;
        results[i] = OpResult.RUNNING;
        mmIds[i] = mmId;
        addrs[i] = addr;
        arguments[i] = argument;
        starts[i] = now;
        ends[i] = now;
    }

    void end(OpResult result, long now) {
        int i = (int) (count - 1 & SIZE - 1);
        results[i] = result;
        ends[i] = now;
    }

    OpKind kind() {
        return kinds[(int) (count - 1 & SIZE - 1)];
    }

    long start() {
        return starts[(int) (count - 1 & SIZE - 1)];
    }

    boolean isRunning() {
        return count > 0 && results[(int) (count - 1 & SIZE - 1)] == OpResult.RUNNING;
    }

    /** What it is doing or has done last. */
    String last(long now) {
        List<String> lines = lines(now, 1);
        return lines.isEmpty() ? "nothing yet" : lines.get(0);
    }

    /** The last {@code max} operations, oldest first, with the time until {@code now}. */
    List<String> lines(long now, int max) {
        long written = count;
        List<String> lines = new ArrayList<>();
        for (long n = Math.max(0, written - Math.min(max, SIZE)); n < written; n++) {
            lines.add(line((int) (n & SIZE - 1), now));
        }
        return lines;
    }

    private String line(int i, long now) {
        Slot slot = Slot.at(addrs[i]);
        String place = slot == null
                ? "0x" + Long.toHexString(addrs[i])
                : slot.name().toLowerCase(java.util.Locale.ROOT) + "[" + slot.pageOf(addrs[i]) + "]";
        String took = results[i] == OpResult.RUNNING ? "" : " in " + micros(ends[i] - starts[i]);
        return String.format(
                "-%s %s mm%d %s 0x%x %s%s",
                micros(now - starts[i]), kinds[i].label(), mmIds[i], place, arguments[i], results[i].label(), took);
    }

    private static String micros(long nanos) {
        return nanos / 1000 + "." + Math.abs(nanos / 100 % 10) + "us";
    }
}
