package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.TlbStyle;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Page;
import org.mmrace.mm.TableParts;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * arch/x86/mm/tlb.c: after {@code flush_tlb_mm_range()} no CPU uses an entry that was taken away before it, so that the
 * frame may have another owner. The zapper clears the entry, flushes and lets that owner write 2; the loader finds 1.
 */
public final class TlbTests {
    private static final int OLD = 1;
    private static final int NEW_OWNERS = 2;
    private static final KernelConfig BROADCAST = MmParts.CONFIG.with(draft -> draft.tlbStyle(TlbStyle.BROADCAST));

    private TlbTests() {}

    /** Outcomes: what the loader reads, -1 for SIGSEGV; whether its TLB has an entry at the end. */
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE,
            desc = "The loader reads the old data, then the zapper flushes its entry.")
    @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "The zapper clears the entry, then the loader faults and dies.")
    public static class LoaderAndZapper {
        private LoaderAndZapper() {}
    }

    /** A mapped page whose VMA is out of the tree, so that a load that finds no entry dies. */
    static final class Frame {
        private final TableParts tables;
        private final MmParts parts;
        private final Page page;
        private final int loader;

        Frame(KernelConfig config, int loader) {
            this.loader = loader;
            tables = new TableParts(config, MmMonitor.NONE);
            parts = tables.parts();
            page = parts.populate();
            parts.setContents(0, page, OLD);
            parts.detachVma(0);
        }

        /** As the constructor, and the loader's TLB has the entry. */
        static Frame inTlb(KernelConfig config, int loader) {
            Frame frame = new Frame(config, loader);
            frame.load();
            return frame;
        }

        int load() {
            return (int) parts.load(loader);
        }

        void clear() {
            parts.ptepGetAndClear(1 - loader);
            parts.kernel().smpMb();
        }

        void flush() {
            tables.flushPage(1 - loader);
        }

        void invalidate() {
            tables.invalidate(loader);
        }

        void waitForLoader() {
            parts.kernel().smpMb();
            tables.sendIpi(1 - loader, loader);
        }

        void reuse() {
            parts.setContents(1 - loader, page, NEW_OWNERS);
        }

        int stale() {
            return tables.tlbHit(loader) ? 1 : 0;
        }
    }

    /** By interrupts, against a walk of the hardware. */
    @JCStressTest
    @JCStressMeta(LoaderAndZapper.class)
    @State
    public static class FlushAgainstWalk {
        private final Frame frame = new Frame(MmParts.CONFIG, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.flush();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** By interrupts, against a hit in the TLB. */
    @JCStressTest
    @JCStressMeta(LoaderAndZapper.class)
    @State
    public static class FlushAgainstHit {
        private final Frame frame = Frame.inTlb(MmParts.CONFIG, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.flush();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** By broadcast, against a walk of the hardware. */
    @JCStressTest
    @JCStressMeta(LoaderAndZapper.class)
    @State
    public static class BroadcastAgainstWalk {
        private final Frame frame = new Frame(BROADCAST, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.flush();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** By broadcast, against a hit in the TLB. */
    @JCStressTest
    @JCStressMeta(LoaderAndZapper.class)
    @State
    public static class BroadcastAgainstHit {
        private final Frame frame = Frame.inTlb(BROADCAST, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.flush();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** Against the first access of a CPU, which is not yet among those that the flush asks ({@code mm_cpumask()}). */
    @JCStressTest
    @JCStressMeta(LoaderAndZapper.class)
    @State
    public static class FlushAgainstFirstAccess {
        private final Frame frame = new Frame(MmParts.CONFIG, 1);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.flush();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }
}
