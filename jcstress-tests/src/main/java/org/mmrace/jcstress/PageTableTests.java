package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.TableParts;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** mm/pgtable-generic.c and mm/memory.c: page tables are published, walked without locks, and freed. */
public final class PageTableTests {
    private PageTableTests() {}

    /** Outcomes: what a lockless walker finds; 1 a full entry, -1 no table. */
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "The walker finds no table, then the populator publishes it.")
    @Outcome(
            id = "1",
            expect = ACCEPTABLE,
            desc = "The populator fills and publishes the table, then the walker reads it.")
    public static class PopulatorAndWalker {
        private PopulatorAndWalker() {}
    }

    /** A table to publish under an empty entry of the middle level. */
    static final class Publication {
        private static final long PTE = 0x5000;

        private final TableParts tables = new TableParts();
        private final PageTable pmd = tables.pmdAlloc(0);
        private final PageTable fresh = tables.allocTable(0);

        void fill() {
            tables.setPte(0, fresh, PTE);
        }

        void publish() {
            tables.pmdPopulate(pmd, fresh);
        }

        int walk() {
            PageTable table = tables.pteOffsetMap(pmd);
            if (table == null) {
                return -1;
            }
            return tables.parts().model().platform().tables().ptepGet(table, MmParts.ADDR) == PTE ? 1 : 0;
        }
    }

    /** The table is filled, then stored into the level above ({@code pmd_populate()}). */
    @JCStressTest
    @JCStressMeta(PopulatorAndWalker.class)
    @State
    public static class PublishAgainstWalk {
        private final Publication publication = new Publication();

        /** Splits a huge page into a table. */
        @Actor
        public void populator() {
            publication.fill();
            publication.publish();
        }

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            r.r1 = publication.walk();
        }
    }

    /** Weakened: the table is stored into the level above, then filled. */
    @JCStressTest
    @JCStressMeta(PopulatorAndWalker.class)
    @Outcome(
            id = "0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The populator publishes an empty table, the walker reads none, then the populator fills it.")
    @State
    public static class WeakenedPublishThenFill {
        private final Publication publication = new Publication();

        /** Splits a huge page into a table. */
        @Actor
        public void populator() {
            publication.publish();
            publication.fill();
        }

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            r.r1 = publication.walk();
        }
    }

    /** Two faults in an empty address space: one set of tables is used, the other is freed again. */
    @JCStressTest
    @Outcome(
            id = "1, 3",
            expect = ACCEPTABLE,
            desc = "One stores its tables, then the other finds them and frees its own.")
    @State
    public static class PopulateAgainstPopulate {
        private final TableParts tables = new TableParts();
        private int first;
        private int second;

        /** A page fault. */
        @Actor
        public void first() {
            first = tables.populate(0);
        }

        /** Another, of the same page. */
        @Actor
        public void second() {
            second = tables.populate(1);
        }

        /** Whether both used one table, and how many tables are alive: one of each level. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = first == second ? 1 : 0;
            r.r2 = (int) tables.parts().model().platform().tables().live();
        }
    }

    /** Outcomes: whether the table is freed while the locker holds its PTL; -1 if it got none. */
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "The locker has the PTL, then the remover waits for it.")
    @Outcome(
            id = "-1",
            expect = ACCEPTABLE,
            desc = "The remover clears the upper entry, then the locker finds no table.")
    public static class LockerAndRemover {
        private LockerAndRemover() {}
    }

    /** An empty table that is removed under the PMD lock and its PTL (khugepaged, PT_RECLAIM). */
    static final class Removal {
        /** For how long the locker uses the table. */
        private static final int LOOKS = 256;

        private final TableParts tables = new TableParts();
        private final PageTable pmd = tables.pmdAlloc(0);
        private final PageTable table;

        Removal() {
            tables.populate(0);
            table = tables.parts().table();
        }

        void remove() {
            Kernel kernel = tables.parts().kernel();
            Task task = tables.parts().task(0);
            tables.pmdLock(0, pmd);
            kernel.spinLock(task, table.ptl());
            tables.pmdClear(pmd);
            kernel.spinUnlock(task, table.ptl());
            tables.pmdUnlock(0, pmd);
            kernel.smpMb();
            tables.freeTableAfterGracePeriod(0, table);
        }

        int freedWhileLocked(@Nullable PageTable locked) {
            if (locked == null) {
                return -1;
            }
            long freed = 0;
            for (int i = 0; i < LOOKS; i++) {
                freed |= locked.freed().get();
            }
            tables.pteUnlock(1, locked);
            return (int) freed;
        }
    }

    /** {@code pte_offset_map_lock()} against the removal of the table that it is about to lock. */
    @JCStressTest
    @JCStressMeta(LockerAndRemover.class)
    @State
    public static class MapLockAgainstRemoval {
        private final Removal removal = new Removal();

        /** {@code retract_page_tables()}. */
        @Actor
        public void remover() {
            removal.remove();
        }

        /** Zap from the side of a file. */
        @Actor
        public void locker(I_Result r) {
            r.r1 = removal.freedWhileLocked(removal.tables.pteOffsetMapLock(1, removal.pmd));
        }
    }

    /** Weakened: the locker does not look at the upper entry again once it has the PTL. */
    @JCStressTest
    @JCStressMeta(LockerAndRemover.class)
    @Outcome(
            id = "1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The locker reads the upper entry, the remover clears it, the locker gets the PTL of a freed table.")
    @State
    public static class WeakenedMapLockWithoutRecheck {
        private final Removal removal = new Removal();

        /** {@code retract_page_tables()}. */
        @Actor
        public void remover() {
            removal.remove();
        }

        /** {@code pte_offset_map_lock()} before it learned to retry (6.5). */
        @Actor
        public void locker(I_Result r) {
            Kernel kernel = removal.tables.parts().kernel();
            Task task = removal.tables.parts().task(1);
            kernel.rcuReadLock(task);
            PageTable table = removal.tables.pteOffsetMap(removal.pmd);
            if (table != null) {
                kernel.spinLock(task, table.ptl());
            }
            kernel.rcuReadUnlock(task);
            r.r1 = removal.freedWhileLocked(table);
        }
    }
}
