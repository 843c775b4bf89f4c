package org.mmrace.lincheck;

import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RetryWatch;

/** A page's reference count (include/linux/page_ref.h): once it is 0 the page is gone, and no try brings it back. */
@Param(name = "thread", gen = ThreadIdGen.class)
public final class RefCountOperations {
    private static final long LIMIT = 1L << 31;

    private final Kernel kernel = new NativeKernel(1, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
    private final RefCount count = new RefCount(1, LIMIT);
    private final int[] held = new int[MachineUnderTest.THREAD_IDS];

    /** Called by Lincheck. */
    public RefCountOperations() {
        Invocations.began();
    }

    /** {@code folio_try_get()}: the new count, 0 if the page is gone. */
    @Operation
    public long tryGet(@Param(name = "thread") int thread) {
        long now = kernel.refAddUnlessZero(count, 1);
        held[thread] += now == 0 ? 0 : 1;
        return now;
    }

    /** {@code folio_get()} by somebody who has a reference: the new count; -1 for one who has none. */
    @Operation
    public long get(@Param(name = "thread") int thread) {
        if (held[thread] == 0) {
            return -1;
        }
        held[thread]++;
        return kernel.refAdd(count, 1);
    }

    /** {@code folio_put()}: the new count; -1 for one who has no reference. */
    @Operation
    public long put(@Param(name = "thread") int thread) {
        if (held[thread] == 0) {
            return -1;
        }
        held[thread]--;
        return kernel.refAdd(count, -1);
    }

    /** {@code folio_put()} of the owner, once. */
    @Operation(runOnce = true)
    public long ownerPuts() {
        return kernel.refAdd(count, -1);
    }

    /** {@code folio_ref_count()}. */
    @Operation
    public long read() {
        return kernel.refRead(count);
    }

    /** A counter that stays 0. */
    public static final class Counter {
        private long count = 1;
        private final int[] held = new int[MachineUnderTest.THREAD_IDS];

        /** As the operation. */
        public long tryGet(int thread) {
            if (count == 0) {
                return 0;
            }
            held[thread]++;
            return ++count;
        }

        /** As the operation. */
        public long get(int thread) {
            return held[thread] == 0 ? -1 : tryGet(thread);
        }

        /** As the operation. */
        public long put(int thread) {
            if (held[thread] == 0) {
                return -1;
            }
            held[thread]--;
            return --count;
        }

        /** As the operation. */
        public long ownerPuts() {
            return --count;
        }

        /** As the operation. */
        public long read() {
            return count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counter that && that.count == count && Arrays.equals(that.held, held);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(held) + Long.hashCode(count);
        }
    }
}
