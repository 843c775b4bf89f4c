package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.DUMP;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.FORCE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.LONGTERM;
import static org.mmrace.mm.GupFlags.NOFAULT;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import org.junit.jupiter.api.DisplayName;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;

/** T80 to T83, T90 to T108: GUP of ordinary pages, of anonymous memory and of DAX; its errors. */
class GupVectorTest {
    /** One page, so that nothing is read ahead. */
    private static final VmaShape WRITEBACK = VmaShape.file(
                    AddressSpace.Kind.PAGE_CACHE, true, VmFlags.READ | VmFlags.WRITE)
            .part(1, 0);

    @EachSeries
    @DisplayName("T80, T81 ring buffer with A: a get counts 1, a pin 1024")
    void t80t81(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        v.insert(0, a);
        Got got = v.gup(0, GET);
        assertThat(got.result()).isEqualTo("1");
        assertThat(got.page()).isSameAs(a);
        assertThat(m.counts(a)).isEqualTo("ref 3 map 1");
        got.release();
        assertThat(m.counts(a)).isEqualTo("ref 2 map 1");
        Got pin = v.gup(0, PIN);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(m.counts(a)).isEqualTo("ref 1026 map 1");
        pin.release();
        assertThat(m.counts(a)).isEqualTo("ref 2 map 1");
    }

    @EachSeries
    @DisplayName("T82, T83 ring buffer with A: no write, not even by force")
    void t82t83(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        v.insert(0, a);
        assertThat(v.gup(0, GET | WRITE).result()).isEqualTo("-EFAULT");
        assertThat(v.gup(0, GET | WRITE | FORCE).result()).isEqualTo("-EFAULT");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
    }

    @EachSeries
    @DisplayName("T90 anonymous zeropage: a long-term read pin unshares")
    void t90(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        Got pin = v.gup(0, PIN | LONGTERM);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(v.state(0)).isEqualTo("Na, ref 1025 map 1 exclusive, ANON+1");
        assertThat(v.page(0)).isSameAs(pin.page());
        pin.release();
        assertThat(v.state(0)).isEqualTo("Na, ref 1 map 1 exclusive, ANON+1");
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T91 anonymous zeropage: a short read pin gets it, uncounted")
    void t91(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        Got pin = v.gup(0, PIN);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(pin.page()).isSameAs(m.zeropage());
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        pin.release();
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
    }

    @EachSeries
    @DisplayName("T92 anonymous zeropage: a write pin copies first")
    void t92(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        Got pin = v.gup(0, PIN | WRITE);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1025 map 1 exclusive, ANON+1");
        pin.release();
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T93 private driver mapping with Z: a long-term read pin unshares, the counts come back")
    void t93(VectorMachine m) {
        Mapping v = m.map(VmaShape.PRV);
        v.insert(0, m.zeropage());
        assertThat(v.state(0)).isEqualTo(m.in("Za, ref 2 map 1, FILE+1", "Zsa, ref 1 map 0, ="));
        Got pin = v.gup(0, PIN | LONGTERM);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(v.state(0)).isEqualTo("Na, ref 1025 map 1 exclusive, ANON+1");
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
        pin.release();
    }

    @EachSeries
    @DisplayName("T94 FSDAX refuses long-term pins")
    void t94(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.gup(0, PIN | LONGTERM).result()).isEqualTo("-EOPNOTSUPP");
        assertThat(v.gup(0, PIN | LONGTERM | WRITE).result()).isEqualTo("-EOPNOTSUPP");
        assertThat(v.gupFast(0, PIN | LONGTERM).result()).isEqualTo("-EOPNOTSUPP");
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T95 FSDAX hole: a short read pin gets Z; the mapping may move on")
    void t95(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        Got pin = v.gup(0, PIN);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(pin.page()).isSameAs(m.zeropage());
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
        assertThat(v.state(0)).isEqualTo("Nswdam, ref 1 map 0, =");
        assertThat(v.page(0)).isNotSameAs(pin.page());
        pin.release();
    }

    @EachSeries
    @DisplayName("T96 FSDAX hole: a write get faults a page in")
    void t96(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.value(0)).isZero();
        Got got = v.gup(0, GET | WRITE);
        assertThat(got.result()).isEqualTo("1");
        assertThat(got.page()).isSameAs(v.page(0));
        assertThat(v.state(0)).isEqualTo("Nswdam, ref 2 map 0, =");
        got.release();
        assertThat(v.state(0)).isEqualTo("Nswdam, ref 1 map 0, =");
    }

    @EachSeries
    @DisplayName("T97 VM_IO and VM_PFNMAP refuse GUP")
    void t97(VectorMachine m) {
        Mapping io = m.map(VmaShape.IOK);
        io.insert(0, m.page());
        Mapping pfn = m.map(VmaShape.PFN);
        pfn.insertPfn(0, m.platform().memory().devicePfn(0));
        for (int flags : new int[] {GET, PIN, GET | WRITE, PIN | LONGTERM}) {
            assertThat(io.gup(0, flags).result()).isEqualTo("-EFAULT");
            assertThat(pfn.gup(0, flags).result()).isEqualTo("-EFAULT");
        }
    }

    @EachSeries
    @DisplayName("T98, T99 shared file with write-notify: a write pin, but not for long")
    void t98t99(VectorMachine m) {
        Mapping v = m.map(WRITEBACK);
        assertThat(v.gup(0, PIN | LONGTERM | WRITE).result()).isEqualTo("-EFAULT");
        assertThat(v.state(0)).isEqualTo("-, =");
        Got pin = v.gup(0, PIN | WRITE);
        assertThat(pin.result()).isEqualTo("1");
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1026 map 1, FILE+1");
        assertThat(v.gupFast(0, PIN | LONGTERM | WRITE | FAST_ONLY).result()).isEqualTo("0");
        pin.release();
    }

    @EachSeries
    @DisplayName("T100 read-only anonymous zeropage: a forced write copies, and leaves the entry read-only")
    void t100(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANONRO);
        assertThat(v.value(0)).isZero();
        Got got = v.gup(0, GET | WRITE | FORCE);
        assertThat(got.result()).isEqualTo("1");
        assertThat(got.page()).isSameAs(v.page(0));
        assertThat(v.state(0)).isEqualTo("Nda, ref 2 map 1 exclusive, ANON+1");
        got.release();
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T101, T102 NOFAULT on an empty entry, DUMP on the zeropage")
    void t101t102(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.gup(0, GET | NOFAULT).result()).isEqualTo("-EFAULT");
        assertThat(v.state(0)).isEqualTo("-, =");
        assertThat(v.value(0)).isZero();
        assertThat(v.gup(0, GET | DUMP).result()).isEqualTo("-EFAULT");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
    }

    /**
     * The model has no MADV_POPULATE, so its -ENOMEM is not shown.
     *
     * <pre>
     * [0 1] 2
     * </pre>
     */
    @EachSeries
    @DisplayName("T103, T104, T105 unmapped address, no pages wanted, some of three")
    void t103t104t105(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(2, 0));
        assertThat(v.gup(2, GET).result()).isEqualTo("-EFAULT");
        assertThat(v.gup(0, 0, GET).result()).isEqualTo("0");
        assertThat(v.mapped()).isZero();
        Got got = v.gup(0, 3, GET);
        assertThat(got.result()).isEqualTo("2");
        assertThat(got.pages()).containsExactly(m.zeropage(), m.zeropage());
        assertThat(m.counts(m.zeropage())).isEqualTo("ref 3 map 0");
        got.release();
    }

    @EachSeries
    @DisplayName("T106 GET with PIN, and LONGTERM without PIN")
    void t106(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(v.gup(0, GET | PIN).result()).isEqualTo("-EINVAL");
        assertThat(v.gup(0, GET | LONGTERM).result()).isEqualTo("-EINVAL");
        assertThat(m.warnings()).containsExactly("is_valid_gup_args", "is_valid_gup_args");
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T107 PROT_NONE: a read only by force")
    void t107(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        assertThat(v.mprotect(0)).isEqualTo("0");
        assertThat(v.gup(0, GET).result()).isEqualTo("-EFAULT");
        Got got = v.gup(0, GET | FORCE);
        assertThat(got.result()).isEqualTo("1");
        assertThat(m.counts(got.page())).isEqualTo("ref 2 map 1 exclusive");
        got.release();
    }

    @EachSeries
    @DisplayName("T108 a special entry that is not the zeropage, in VM_MIXEDMAP")
    void t108(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
        assertThat(v.insertMixed(0, m.platform().memory().devicePfn(0))).isEqualTo("NOPAGE");
        assertThat(v.state(0)).isEqualTo("Nsa, =");
        assertThat(v.gup(0, GET).result()).isEqualTo("-EEXIST");
        assertThat(v.state(0)).isEqualTo("Nsa, =");
    }
}
