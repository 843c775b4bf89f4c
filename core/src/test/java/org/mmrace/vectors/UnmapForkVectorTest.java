package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.fault.Series;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;

/** T110 to T122, T131: munmap, MADV_DONTNEED, fork, exit. T123 to T130 wait for mremap, COW sharing and uffd. */
class UnmapForkVectorTest {
    /** A mapping with A at page 0 and Z at page 1, as far as the series allows Z. */
    private static Mapping withAandZ(VectorMachine m, VmaShape shape, Page a) {
        Mapping v = m.map(shape);
        assertThat(v.insert(0, a)).isEqualTo("0");
        assertThat(v.insert(1, m.zeropage())).isEqualTo(m.in("0", "-EINVAL", "0"));
        return v;
    }

    @EachSeries
    @DisplayName("T110 munmap of {A, Z}")
    void t110(VectorMachine m) {
        Page a = m.page();
        Mapping v = withAandZ(m, VmaShape.RB, a);
        assertThat(v.state(0)).isEqualTo(m.in("Na, ref 2 map 1, FILE+2", "Na, ref 2 map 1, FILE+1"));
        assertThat(v.pte(1)).isEqualTo(m.in("Za", "-", "Zsa"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
        assertThat(v.munmap()).isEqualTo("0");
        assertThat(v.find()).isNull();
        assertThat(v.rss()).isEqualTo("=");
        assertThat(m.counts(a)).isEqualTo(UNUSED);
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T111 the driver frees A first: the mapping keeps it alive until munmap has flushed")
    void t111(VectorMachine m) {
        Page a = m.page();
        Mapping v = m.map(VmaShape.RB);
        v.insert(0, a);
        m.free(a);
        assertThat(v.state(0)).isEqualTo("Na, ref 1 map 1, FILE+1");
        assertThat(a.freed().get()).isZero();
        assertThat(v.munmap()).isEqualTo("0");
        assertThat(m.counts(a)).isEqualTo("ref 0 map 0");
        assertThat(a.freed().get()).isEqualTo(1);
    }

    @EachSeries
    @DisplayName("T112 MADV_DONTNEED of VM_MIXEDMAP, VM_PFNMAP, VM_LOCKED")
    void t112(VectorMachine m) {
        Mapping mixed = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
        mixed.insert(0, m.page());
        Mapping pfn = m.map(VmaShape.PFN);
        pfn.insertPfn(0, m.platform().memory().devicePfn(0));
        Mapping locked = m.map(VmaShape.PRV.flags(VmFlags.LOCKED, 0));
        locked.insert(0, m.page());
        assertThat(mixed.dontneed()).isEqualTo("0");
        assertThat(pfn.dontneed()).isEqualTo("-EINVAL");
        assertThat(locked.dontneed()).isEqualTo("-EINVAL");
        assertThat(mixed.pte(0)).isEqualTo("-");
        assertThat(pfn.pte(0)).isEqualTo("Nsa");
        assertThat(locked.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
    }

    @EachSeries
    @DisplayName("T113 munmap: unaligned, empty, where nothing is mapped")
    void t113(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(munmap(m, v.addr(0) + 1, Address.PAGE_SIZE)).isEqualTo("-EINVAL");
        assertThat(munmap(m, v.addr(0), 0)).isEqualTo("-EINVAL");
        assertThat(munmap(m, v.addr(100), Address.PAGE_SIZE)).isEqualTo("0");
        assertThat(v.find()).isNotNull();
    }

    private static String munmap(VectorMachine m, long start, long length) {
        return name(m.mm().munmap().munmap(m.task(), m.process(), start, length));
    }

    @EachSeries
    @DisplayName("T114 zap_vma_ptes() ignores a VMA that is VM_MIXEDMAP only")
    void t114(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        v.insert(0, m.page());
        m.mm().zap().zapVmaPtes(m.task(), v.vma(), v.addr(0), Address.PAGE_SIZE);
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        Mapping pfn = m.map(VmaShape.PFN);
        pfn.insertPfn(0, m.platform().memory().devicePfn(0));
        m.mm().zap().zapVmaPtes(m.task(), pfn.vma(), pfn.addr(0), Address.PAGE_SIZE);
        assertThat(pfn.pte(0)).isEqualTo("-");
    }

    @EachSeries
    @DisplayName("T115 fork leaves VM_DONTCOPY out")
    void t115(VectorMachine m) {
        Page a = m.page();
        Mapping v = m.map(VmaShape.RB.flags(VmFlags.DONTCOPY, 0));
        v.insert(0, a);
        Mapping child = v.in(m.fork());
        assertThat(child.find()).isNull();
        assertThat(child.rss()).isEqualTo("=");
        assertThat(m.counts(a)).isEqualTo("ref 2 map 1");
    }

    // parent [A Z]  child [A Z]    BEFORE counts both again, AFTER only A
    @EachSeries
    @DisplayName("T116 fork of a shared VM_MIXEDMAP VMA with {A, Z}")
    void t116(VectorMachine m) {
        Page a = m.page();
        Mapping v = withAandZ(m, VmaShape.RB, a);
        Mapping child = v.in(m.fork());
        assertThat(child.page(0)).isSameAs(a);
        assertThat(child.state(0)).isEqualTo(m.in("N, ref 3 map 2, FILE+2", "N, ref 3 map 2, FILE+1"));
        assertThat(child.pte(1)).isEqualTo(m.in("Z", "-", "Zs"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 3 map 2", UNUSED));
        assertThat(v.state(0)).isEqualTo(m.in("Na, ref 3 map 2, FILE+2", "Na, ref 3 map 2, FILE+1"));
        m.exit(child.mm());
        assertThat(v.state(0)).isEqualTo(m.in("Na, ref 2 map 1, FILE+2", "Na, ref 2 map 1, FILE+1"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
    }

    @EachSeries
    @DisplayName("T117 fork of an FSDAX VMA: the child faults for itself")
    void t117(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.value(0)).isZero();
        Mapping child = v.in(m.fork());
        assertThat(child.find()).isNotNull();
        assertThat(child.state(0)).isEqualTo("-, =");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(child.value(0)).isZero();
        assertThat(child.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
    }

    @EachSeries
    @DisplayName("T118 fork of a VM_MIXEDMAP FSDAX VMA: the child has the zeropage, special")
    void t118(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXV);
        assertThat(v.value(0)).isZero();
        Mapping child = v.in(m.fork());
        assertThat(child.state(0)).isEqualTo("Zs, ref 1 map 0, =");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
    }

    @EachSeries
    @DisplayName("T119, T121 fork shares an anonymous page; the parent's write copies it")
    void t119t121(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        Page old = v.page(0);
        Mapping child = v.in(m.fork());
        assertThat(v.state(0)).isEqualTo("Nda, ref 2 map 2 shared, ANON+1");
        assertThat(child.state(0)).isEqualTo("Nd, ref 2 map 2 shared, ANON+1");
        assertThat(child.page(0)).isSameAs(old);

        assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);

        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(child.page(0)).isSameAs(old).isNotSameAs(v.page(0));
        assertThat(child.state(0)).isEqualTo("Nd, ref 1 map 1 shared, ANON+1");
        assertThat(child.value(0)).isEqualTo(7);
        assertThat(v.value(0)).isEqualTo(8);
    }

    @EachSeries
    @DisplayName("T120 fork of a pinned page: the child gets a copy at once")
    void t120(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        Got pin = v.gup(0, PIN | WRITE);
        Mapping child = v.in(m.fork());
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1025 map 1 exclusive, ANON+1");
        assertThat(child.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(child.page(0)).isNotSameAs(v.page(0));
        assertThat(child.value(0)).isEqualTo(7);
        v.store(0, 8);
        assertThat(v.page(0)).as("the pin still sees what is written").isSameAs(pin.page());
        assertThat(child.value(0)).isEqualTo(7);
        pin.release();
    }

    @EachSeries
    @DisplayName("T122 fork, the child exits, the parent's write reuses the page")
    void t122(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        Page old = v.page(0);
        m.exit(m.fork());
        assertThat(v.state(0)).isEqualTo("Nda, ref 1 map 1 shared, ANON+1");
        assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
        assertThat(v.page(0)).isSameAs(old);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
    }

    /** Everything at once, in two processes; closing the machine makes them exit. */
    private static Mm mix(VectorMachine m) {
        Mapping anon = m.map(VmaShape.ANON);
        assertThat(anon.value(0)).isZero();
        anon.store(1, 7);
        Mapping ring = m.map(VmaShape.RB);
        ring.insertPages(4, m.pages(20));
        ring.insert(0, m.zeropage());
        Mapping driver = m.map(VmaShape.PRV);
        driver.insert(0, m.zeropage());
        driver.insert(1, m.page());
        driver.store(1, 7);
        m.map(VmaShape.IOK).insert(0, m.zeropage());
        Mapping virtiofs = m.map(VmaShape.DAXV);
        assertThat(virtiofs.value(0)).isZero();
        virtiofs.store(1, 7);
        Mapping copy = m.map(VmaShape.DAXP);
        assertThat(copy.value(0)).isZero();
        copy.store(1, 7);
        m.map(VmaShape.PFN).insertPfn(0, m.platform().memory().devicePfn(0));
        Mapping child = anon.in(m.fork());
        child.store(0, 9);
        assertThat(child.value(1)).isEqualTo(7);
        return child.mm();
    }

    @EachSeries
    @DisplayName("T131 exit of a mix leaves nothing")
    void t131(VectorMachine m) {
        Mm child = mix(m);
        assertThat(VectorMachine.rss(child)).isEqualTo(m.in("FILE+23 ANON+4", "FILE+20 ANON+4"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 7 map 6", UNUSED));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("T131 without special PTEs; an FSDAX hole leaks before the series")
    void t131noSpecial(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.pteSpecial(false))) {
            Mm child = mix(m);
            assertThat(m.map(VmaShape.DAXS).value(0)).isZero();
            assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 11 map 10", UNUSED));
            m.exit(child);
            m.leaves(m.in("ref 3 map 2", UNUSED), m.in("FILE+2", "="));
        }
    }
}
