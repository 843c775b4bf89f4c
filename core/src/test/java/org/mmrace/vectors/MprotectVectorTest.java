package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.Pte;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** T57, T58, T60, T72 to T78: mprotect, and faults that only relax an entry. */
class MprotectVectorTest {
    /** One page, so that nothing is read ahead. */
    private static final VmaShape WRITEBACK = VmaShape.file(
                    AddressSpace.Kind.PAGE_CACHE, true, VmFlags.READ | VmFlags.WRITE)
            .part(1, 0);

    @EachSeries
    @DisplayName("T57 a ring buffer cannot be made writable")
    void t57(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        v.insert(0, m.page());
        assertThat(v.mprotectReadWrite()).isEqualTo("-EACCES");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        assertThat(v.has(VmFlags.WRITE)).isFalse();
    }

    @EachSeries
    @DisplayName("T58 before the series, mprotect makes an inserted zeropage writable")
    void t58(VectorMachine m) {
        Mapping v = m.map(VmaShape.SHM);
        assertThat(v.insert(0, m.zeropage())).isEqualTo(m.in("0", "-EINVAL"));
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo(m.in("Zwa, ref 2 map 1, FILE+1", "-, ="));
        assertThat(v.store(0, 7)).isEqualTo(m.in(Outcome.DONE, Outcome.SIGBUS));
        assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isEqualTo(m.in(7L, 0L));
    }

    @EachSeries
    @DisplayName("T60 a DAX hole stays read-only through mprotect")
    void t60(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.value(0)).isZero();
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(m.warnings()).isEmpty();
    }

    @EachSeries
    @DisplayName("T72 mprotect: unaligned, empty, with a hole")
    void t72(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        long twice = 64 * Address.PAGE_SIZE;
        assertThat(mprotect(m, v.addr(0) + 1, twice)).isEqualTo("-EINVAL");
        assertThat(mprotect(m, v.addr(0), 0)).isEqualTo("0");
        assertThat(v.has(VmFlags.WRITE)).isTrue();
        assertThat(mprotect(m, v.addr(0), twice)).isEqualTo("-ENOMEM");
        assertThat(v.has(VmFlags.WRITE))
                .as("what comes before the hole keeps the change")
                .isFalse();
    }

    private static String mprotect(VectorMachine m, long start, long length) {
        return name(m.mm().mprotect().mprotect(m.task(), m.process(), start, length, VmFlags.READ));
    }

    @EachSeries
    @DisplayName("T73 an exclusive anonymous page becomes writable again without a fault")
    void t73(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Nda, ref 1 map 1 exclusive, ANON+1");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
    }

    @EachSeries
    @DisplayName("T74 an anonymous page shared by fork does not")
    void t74(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        m.fork();
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Nda, ref 2 map 2 shared, ANON+1");
    }

    @EachSeries
    @DisplayName("T75 nor does the zeropage in anonymous memory")
    void t75(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
    }

    @EachSeries
    @DisplayName("T76 shared file with write-notify: a dirty entry becomes writable directly")
    void t76(VectorMachine m) {
        Mapping v = m.map(WRITEBACK);
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Nda, ref 2 map 1, FILE+1");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
    }

    @EachSeries
    @DisplayName("T77 shared file with write-notify: a clean entry waits for the write")
    void t77(VectorMachine m) {
        Mapping v = m.map(WRITEBACK);
        assertThat(v.value(0)).isZero();
        assertThat(v.mprotectRead()).isEqualTo("0");
        assertThat(v.mprotectReadWrite()).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        assertThat(m.platform().folios().isDirty(v.page(0))).isFalse();
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
        assertThat(m.platform().folios().isDirty(v.page(0))).isTrue();
    }

    /**
     * The entry is upgraded without a flush, as insert_pfn() may:
     *
     * <pre>
     * PTE N r-  TLB N r-  ->  PTE N w  TLB N r-  ->  write fault: PTE the same, this CPU's entry dropped
     * </pre>
     */
    @EachSeries
    @DisplayName("T78 a write fault on a writable entry (stale TLB) is spurious: local flush only")
    void t78(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        v.store(0, 7);
        v.store(1, 8);
        Page p = v.page(0);
        assertThat(v.dontneed()).isEqualTo("0");
        assertThat(v.value(0) + v.value(1)).isEqualTo(15);
        assertThat(v.pte(0)).isEqualTo("Nsam");
        assertThat(v.insertMixedMkwrite(0, p.pfn())).isEqualTo("NOPAGE");
        assertThat(v.pte(0)).isEqualTo("Nswdam");
        assertThat(tlb(m, v)).containsExactly("0 Nsam", "1 Nsam");

        int result = m.mm().pageFault().doUserAddrFault(m.task(), m.process(), v.addr(0), true, true);

        assertThat(result).isEqualTo(FaultResult.NONE);
        assertThat(v.state(0)).isEqualTo("Nswdam, ref 1 map 0, =");
        assertThat(tlb(m, v)).containsExactly("1 Nsam");
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    /** What the CPU of the task has cached for the first two pages. */
    private static List<String> tlb(VectorMachine m, Mapping v) {
        List<String> entries = new ArrayList<>();
        m.platform().tlbs().get(m.task().cpu()).forEach(v.mm(), v.addr(0), v.addr(2), (addr, pte, stamp) -> {
            long index = (addr - v.addr(0)) / Address.PAGE_SIZE;
            entries.add(index + " " + Pte.toString(pte, Memory.isZero(Pte.pfn(pte))));
        });
        entries.sort(null);
        return entries;
    }
}
