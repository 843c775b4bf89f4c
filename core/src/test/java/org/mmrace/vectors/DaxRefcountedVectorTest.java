package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.LONGTERM;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Series;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;

/** The rows of section 15 where DAX_STYLE=REFCOUNTED (6.15 and later) shows something else than DEVMAP, and 1.11. */
class DaxRefcountedVectorTest {
    private static VectorMachine machine() {
        return VectorMachine.of(Series.AFTER, draft -> draft.daxStyle(DaxStyle.REFCOUNTED));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("T61, T62 a hole is written: the zeropage leaves every mapping, the data page is counted in each")
    void t61t62(boolean pteSpecial) {
        try (VectorMachine m = VectorMachine.of(
                Series.AFTER, draft -> draft.daxStyle(DaxStyle.REFCOUNTED).pteSpecial(pteSpecial))) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
            Mapping v = m.map(m.process(), VmaShape.DAXS, file);
            Mapping other = m.map(m.newProcess(), VmaShape.DAXS, file);
            assertThat(v.value(0) + other.value(0)).isZero();
            assertThat(v.state(0)).isEqualTo(pteSpecial ? "Zsa, ref 1 map 0, =" : "Za, ref 1 map 0, =");

            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);

            assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
            assertThat(other.state(0)).isEqualTo("-, =");
            assertThat(other.value(0)).isEqualTo(7);
            assertThat(other.state(0)).isEqualTo("Na, ref 3 map 2, FILE+1");
            assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
            Page page = v.page(0);
            assertThat(v.munmap() + other.munmap()).isEqualTo("00");
            assertThat(m.counts(page)).isEqualTo(UNUSED);
        }
    }

    @Test
    @DisplayName("T61 a data page that was read is written: its entry becomes writable, the CPU marks it dirty")
    void readThenWritten() {
        try (VectorMachine m = machine()) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
            Mapping v = m.map(m.process(), VmaShape.DAXS, file);
            Mapping other = m.map(m.newProcess(), VmaShape.DAXS, file);
            other.store(0, 7);
            assertThat(v.value(0)).isEqualTo(7);
            assertThat(v.pte(0)).isEqualTo("Na");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
            assertThat(v.state(0)).isEqualTo("Nwda, ref 3 map 2, FILE+1");
            assertThat(other.value(0)).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("T63 to T65 private mappings: copied when written, and the zeropage zapped by another's write")
    void t63to65() {
        try (VectorMachine m = machine()) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
            Mapping v = m.map(m.process(), VmaShape.DAXP, file);
            Mapping writer = m.map(m.newProcess(), VmaShape.DAXS, file);
            assertThat(v.value(0)).isZero();
            assertThat(v.pte(0)).isEqualTo("Zsa");
            assertThat(writer.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(v.state(0)).isEqualTo("-, =");
            assertThat(v.value(0)).isEqualTo(7);
            assertThat(v.state(0)).isEqualTo("Na, ref 3 map 2, FILE+1");
            assertThat(v.store(0, 9)).isEqualTo(Outcome.DONE);
            assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
            assertThat(writer.value(0)).isEqualTo(7);
            assertThat(m.counts(writer.page(0))).isEqualTo("ref 2 map 1");
        }
    }

    @Test
    @DisplayName("T66 a hole in an mm that forbids the zeropage")
    void t66() {
        try (VectorMachine m = machine()) {
            m.process().setForbidsZeropage(m.kernel(), true);
            Mapping v = m.map(VmaShape.DAXS);
            assertThat(v.load(0)).isEqualTo(Outcome.SIGBUS);
            assertThat(v.state(0)).isEqualTo("-, =");
        }
    }

    @Test
    @DisplayName("T94 to T96 GUP: never for long, slow or fast; for a short time it takes an ordinary reference")
    void t94to96() {
        try (VectorMachine m = machine()) {
            Mapping v = m.map(VmaShape.DAXS);
            assertThat(v.gup(0, PIN | LONGTERM).result()).isEqualTo("-EOPNOTSUPP");
            Got got = v.gup(0, GET | WRITE);
            assertThat(m.counts(got.page())).isEqualTo("ref 3 map 1");
            assertThat(v.gupFast(0, PIN | LONGTERM | FAST_ONLY).result()).isEqualTo("0");
            assertThat(v.gupFast(0, PIN | LONGTERM | WRITE | FAST_ONLY).result())
                    .isEqualTo("0");
            Got fast = v.gupFast(0, PIN | WRITE | FAST_ONLY);
            assertThat(fast.result()).isEqualTo("1");
            assertThat(m.counts(got.page())).isEqualTo("ref 1027 map 1");
            fast.release();
            got.release();
        }
    }

    @Test
    @DisplayName("fork: a child faults again, but copies what is beside anonymous pages")
    void fork() {
        try (VectorMachine m = machine()) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
            Mapping v = m.map(m.process(), VmaShape.DAXS, file);
            Mapping p = m.map(m.process(), VmaShape.DAXP, file);
            v.store(0, 7);
            assertThat(p.value(0)).isEqualTo(7);
            p.store(1, 8);
            assertThat(m.counts(v.page(0))).isEqualTo("ref 3 map 2");
            Mapping child = v.in(m.fork());
            assertThat(child.pte(0)).isEqualTo("-");
            assertThat(m.counts(v.page(0))).isEqualTo("ref 4 map 3");
            assertThat(p.in(child.mm()).rss()).isEqualTo("FILE+1 ANON+1");
        }
    }

    @Test
    @DisplayName("a hole punched in what is mapped, and read again")
    void punchHole() {
        try (VectorMachine m = machine()) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 32);
            Mapping v = m.map(m.process(), VmaShape.DAXS, file);
            v.store(0, 7);
            assertThat(m.mm().files().punchHole(m.task(), m.machine().open(file, true), 0, 1))
                    .isZero();
            assertThat(v.state(0)).isEqualTo("-, =");
            assertThat(v.value(0)).isZero();
            assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        }
    }

    @Test
    @DisplayName("T43 vmf_insert_page_mkwrite(P) where Z is mapped: SIGBUS, and no warning")
    void t43() {
        try (VectorMachine m = machine()) {
            Mapping v = m.map(VmaShape.DAXS);
            assertThat(v.value(0)).isZero();
            Page page = m.page(PageKind.DEVMAP);
            assertThat(v.insertPageMkwrite(0, page, true)).isEqualTo("SIGBUS");
            assertThat(v.insertPageMkwrite(0, page, false)).isEqualTo("NOPAGE");
            assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
            assertThat(m.counts(page)).isEqualTo(UNUSED);
        }
    }

    @Test
    @DisplayName("1.11 vmf_insert_page_mkwrite(): none, the same page, another page, outside")
    void insertPageMkwrite() {
        try (VectorMachine m = machine()) {
            Mapping v = m.map(VmaShape.DAXS);
            Page a = m.page(PageKind.DEVMAP);
            assertThat(v.insertPageMkwrite(0, a, true)).isEqualTo("NOPAGE");
            assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
            assertThat(v.insertPageMkwrite(1, a, false)).isEqualTo("NOPAGE");
            assertThat(v.pte(1)).isEqualTo("Na");
            assertThat(v.insertPageMkwrite(1, a, true)).isEqualTo("NOPAGE");
            assertThat(v.state(1)).as("writable, not dirty").isEqualTo("Nwa, ref 3 map 2, FILE+2");
            assertThat(v.insertPageMkwrite(0, m.page(PageKind.DEVMAP), true)).isEqualTo("SIGBUS");
            assertThat(m.warnings()).containsExactly("insert_page_into_pte_locked");
            assertThat(v.insertPageMkwrite(32, a, true)).isEqualTo("SIGBUS");
            assertThat(v.insertPageMkwrite(2, m.zeropage(), true)).isEqualTo("NOPAGE");
            assertThat(v.pte(2)).as("the zeropage is never made writable").isEqualTo("Zsa");
            assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
        }
    }

    @Test
    @DisplayName("1.11 the entry point is not for anonymous, slab and typed pages")
    void refusedKinds() {
        try (VectorMachine m = machine()) {
            Mapping v = m.map(VmaShape.SHW);
            assertThat(v.insertPageMkwrite(0, m.page(PageKind.SLAB), true)).isEqualTo("SIGBUS");
            assertThat(v.insertPageMkwrite(0, m.zeropage(), false)).isEqualTo("SIGBUS");
            assertThat(v.state(0)).isEqualTo("-, =");
        }
    }
}
