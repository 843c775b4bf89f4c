package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFault;
import org.mmrace.mm.VmOperations;

/** T50 to T59, T61 to T71: page faults and copy-on-write. */
class FaultVectorTest {
    @EachSeries
    @DisplayName("T50, T51 anonymous: a read maps the zeropage, a write then copies it")
    void t50t51(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(v.value(0)).isEqualTo(7);
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
        assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isZero();
    }

    @EachSeries
    @DisplayName("T52 anonymous: a write to an empty entry")
    void t52(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
    }

    @EachSeries
    @DisplayName("T53 anonymous, forbidding mm: a read gets a page of its own, writable")
    void t53(VectorMachine m) {
        m.process().setForbidsZeropage(m.kernel(), true);
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
    }

    @EachSeries
    @DisplayName("T54 anonymous read-only, forbidding mm")
    void t54(VectorMachine m) {
        m.process().setForbidsZeropage(m.kernel(), true);
        Mapping v = m.map(VmaShape.ANONRO);
        assertThat(v.value(0)).isZero();
        assertThat(v.state(0)).isEqualTo("Na, ref 1 map 1 exclusive, ANON+1");
    }

    @EachSeries
    @DisplayName("T55 private driver mapping: a write copies the zeropage")
    void t55(VectorMachine m) {
        Mapping v = m.map(VmaShape.PRV);
        v.insert(0, m.zeropage());
        assertThat(v.rss()).isEqualTo(m.in("FILE+1", "="));
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T56 ring buffer: a write is SIGSEGV at the access check")
    void t56(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        v.insert(0, m.page());
        assertThat(v.store(0, 7)).isEqualTo(Outcome.SIGSEGV);
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        assertThat(v.value(0)).isZero();
    }

    @EachSeries
    @DisplayName("T59 page_mkwrite returns LOCKED for the zeropage: before the series it is written")
    void t59(VectorMachine m) {
        // The zeropage's lock bit cannot be reached from here; nobody else looks at it.
        Mapping v = m.map(VmaShape.SHPM.ops(new VmOperations() {
            @Override
            public boolean hasPageMkwrite() {
                return true;
            }

            @Override
            public int pageMkwrite(Task task, VmFault vmf) {
                return FaultResult.LOCKED;
            }
        }));
        assertThat(v.insert(0, m.zeropage())).isEqualTo(m.in("0", "-EINVAL"));
        assertThat(v.store(0, 7)).isEqualTo(m.in(Outcome.DONE, Outcome.SIGBUS));
        assertThat(v.state(0)).isEqualTo(m.in("Zwda, ref 2 map 1, FILE+1", "-, ="));
        assertThat(m.platform().folios().isDirty(m.zeropage())).isEqualTo(m.in(true, false));
        assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isEqualTo(m.in(7L, 0L));
    }

    @EachSeries
    @DisplayName("T61, T62 a DAX hole is written: the zeropage leaves every mapping")
    void t61t62(VectorMachine m) {
        AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
        Mapping v = m.map(m.process(), VmaShape.DAXS, file);
        Mapping other = m.map(m.newProcess(), VmaShape.DAXS, file);
        assertThat(v.value(0) + other.value(0)).isZero();
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(other.state(0)).isEqualTo("Zsa, ref 1 map 0, =");

        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);

        assertThat(v.state(0)).isEqualTo("Nswdam, ref 1 map 0, =");
        assertThat(other.state(0)).isEqualTo("-, =");
        assertThat(other.value(0)).isEqualTo(7);
        assertThat(other.state(0)).isEqualTo("Nsam, ref 1 map 0, =");
        assertThat(other.page(0)).isSameAs(v.page(0));
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T63 private DAX hole: read, then written by the same process")
    void t63(VectorMachine m) {
        AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
        Mapping v = m.map(m.process(), VmaShape.DAXP, file);
        assertThat(v.value(0)).isZero();
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(file.block(0)).as("still a hole").isZero();
    }

    @EachSeries
    @DisplayName("T64 private DAX hole: another process writes the file, the zeropage goes though even_cows is 0")
    void t64(VectorMachine m) {
        AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
        Mapping v = m.map(m.process(), VmaShape.DAXP, file);
        Mapping writer = m.map(m.newProcess(), VmaShape.DAXS, file);
        assertThat(v.value(0)).isZero();
        assertThat(v.pte(0)).isEqualTo("Zsa");
        assertThat(writer.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("-, =");
        assertThat(v.value(0)).isEqualTo(7);
    }

    @EachSeries
    @DisplayName("T65 private DAX copy: another process writes the file, the copy stays")
    void t65(VectorMachine m) {
        AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
        Mapping v = m.map(m.process(), VmaShape.DAXP, file);
        Mapping writer = m.map(m.newProcess(), VmaShape.DAXS, file);
        v.store(0, 5);
        assertThat(writer.value(0)).isZero();
        assertThat(writer.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(v.value(0)).isEqualTo(5);
    }

    @EachSeries
    @DisplayName("T66 DAX hole in an mm that forbids the zeropage")
    void t66(VectorMachine m) {
        m.process().setForbidsZeropage(m.kernel(), true);
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.load(0)).isEqualTo(m.in(Outcome.DONE, Outcome.SIGBUS));
        assertThat(v.state(0)).isEqualTo(m.in("Zsa, ref 1 map 0, =", "-, ="));
    }

    @EachSeries
    @DisplayName("T67 beyond the end of a DAX file")
    void t67(VectorMachine m) {
        Mapping v = m.map(m.process(), VmaShape.DAXS, m.file(AddressSpace.Kind.FSDAX, 2));
        assertThat(v.load(1)).isEqualTo(Outcome.DONE);
        assertThat(v.load(2)).isEqualTo(Outcome.SIGBUS);
        assertThat(v.store(2, 7)).isEqualTo(Outcome.SIGBUS);
        assertThat(v.state(2)).isEqualTo("-, =");
    }

    /** A driver whose pfn_mkwrite unmaps the page and maps {@code fresh} instead, or does nothing without one. */
    private record PfnMkwrite(VectorMachine m, Page fresh, AtomicInteger calls, boolean replaces)
            implements VmOperations {
        @Override
        public boolean hasPfnMkwrite() {
            return true;
        }

        @Override
        public int pfnMkwrite(Task task, VmFault vmf) {
            calls.incrementAndGet();
            if (!replaces) {
                return FaultResult.NONE;
            }
            AddressSpace file = Objects.requireNonNull(vmf.vma().file()).mapping();
            m.mm().zap().unmapMappingPages(task, file, vmf.pgoff(), 1, false);
            return m.mm().insertPfn().vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), fresh.pfn());
        }
    }

    @EachSeries
    @DisplayName("T68 pfn_mkwrite replaces the zeropage; before the series it is not called (recorded on 6.1)")
    void t68(VectorMachine m) {
        AtomicInteger calls = new AtomicInteger();
        Page fresh = m.page();
        Mapping v = m.map(VmaShape.IOK.ops(new PfnMkwrite(m, fresh, calls, true)));
        v.insert(0, m.zeropage());
        assertThat(v.pte(0)).isEqualTo(m.in("Za", "Zsa"));
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo(m.in("Zwda, ref 2 map 1, FILE+1", "Nswda, ref 1 map 0, ="));
        assertThat(v.page(0)).isSameAs(m.in(m.zeropage(), fresh));
        assertThat(calls).hasValue(m.in(0, 1));
        assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isEqualTo(m.in(7L, 0L));
    }

    @EachSeries
    @DisplayName("T68 the same where vmf_insert_mixed() mapped the zeropage: special in every series")
    void t68mixed(VectorMachine m) {
        AtomicInteger calls = new AtomicInteger();
        Page fresh = m.page();
        Mapping v = m.map(VmaShape.IOK.ops(new PfnMkwrite(m, fresh, calls, true)));
        assertThat(v.insertMixed(0, Memory.ZERO_PFN)).isEqualTo("NOPAGE");
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nswda, ref 1 map 0, =");
        assertThat(v.page(0)).isSameAs(fresh);
        assertThat(calls).hasValue(1);
    }

    @EachSeries
    @DisplayName("T69 pfn_mkwrite returns 0 for the zeropage: it is written, and since the series there is a warning")
    void t69(VectorMachine m) {
        AtomicInteger calls = new AtomicInteger();
        Mapping v = m.map(VmaShape.IOK.ops(new PfnMkwrite(m, m.page(), calls, false)));
        v.insert(0, m.zeropage());
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo(m.in("Zwda, ref 2 map 1, FILE+1", "Zswda, ref 1 map 0, ="));
        assertThat(calls).hasValue(m.in(0, 1));
        assertThat(String.join(",", m.warnings())).isEqualTo(m.is(Series.BEFORE) ? "" : "wp_page_reuse");
        assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isEqualTo(7);
    }

    @EachSeries
    @DisplayName("T70, T71 nobody refills what MADV_DONTNEED took from a driver mapping")
    void t70t71(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        v.insert(0, a);
        assertThat(v.value(0)).isZero();
        assertThat(v.dontneed()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("-, =");
        assertThat(m.counts(a)).isEqualTo(UNUSED);
        assertThat(v.load(0)).isEqualTo(Outcome.SIGBUS);
        assertThat(v.load(1)).as("T71, never inserted").isEqualTo(Outcome.SIGBUS);
    }
}
