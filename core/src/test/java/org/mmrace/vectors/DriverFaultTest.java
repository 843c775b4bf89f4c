package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.LockClass;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** What drivers do to mappings, right and wrong: remapped frames and their tracking, insertion from outside. */
class DriverFaultTest {
    private static final long RW = VmFlags.READ | VmFlags.WRITE;

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B13 insert_pfn(mkwrite) stores over a valid entry, of which powerpc warns")
    void b13(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B13, on)) {
            Mapping v = m.map(VmaShape.DAXS);
            long pfn = m.page(PageKind.DEVMAP).pfn();
            assertThat(v.insertMixed(0, pfn)).isEqualTo("NOPAGE");
            assertThat(v.insertMixedMkwrite(0, pfn)).isEqualTo("NOPAGE");
            assertThat(v.pte(0)).isEqualTo("Nswdam");
            assertThat(m.warnings()).isEqualTo(on ? List.of("set_pte_at") : List.of());
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B61 a failing remap_pfn_range() leaves its first entries mapped")
    void b61(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B61, on)) {
            Mapping v = m.map(VmaShape.driver(true, RW).part(2, 0));
            long last = m.platform().memory().devicePfn(15);
            assertThat(v.remapPfnRange(0, last, 2)).isEqualTo("-EACCES");
            assertThat(v.pte(0)).isEqualTo(on ? "Nswa" : "-");
        }
    }

    // fork() finds no memory for the reservation of the child's VMA
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B63 the exit of the half-made child untracks the parent's frames")
    void b63(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B63, on)) {
            Mapping v = m.map(VmaShape.driver(true, RW).part(2, 0));
            assertThat(v.remapPfnRange(0, m.platform().memory().devicePfn(0), 2))
                    .isEqualTo("0");
            m.platform().memory().failAllocation(2);
            @Nullable Mm child = m.mm().fork().fork(m.task(), m.process(), m.mm().munmap());
            assertThat(child).isNull();
            assertThat(v.load(0)).isEqualTo(Outcome.DONE);
            assertThat(v.munmap()).isEqualTo("0");
            assertThat(m.warnings()).isEqualTo(on ? List.of("memtype_free", "memtype_free") : List.of());
        }
    }

    @ParameterizedTest(name = "memory for the child: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("tracked frames survive fork, also one that fails in the middle, and the splitting of their VMA")
    void tracking(boolean enough) {
        try (VectorMachine m = FaultTest.machine(Fault.B63, false)) {
            Mapping v = m.map(VmaShape.driver(true, RW).part(4, 0));
            v.remapPfnRange(0, m.platform().memory().devicePfn(0), 4);
            m.platform().memory().failAllocation(enough ? 100 : 3);
            @Nullable Mm child = m.mm().fork().fork(m.task(), m.process(), m.mm().munmap());
            assertThat(child != null).isEqualTo(enough);
            m.mm().munmap().munmap(m.task(), v.mm(), v.addr(1), Address.PAGE_SIZE);
            if (child != null) {
                assertThat(v.in(child).load(1)).isEqualTo(Outcome.DONE);
                m.mm().munmap().exitMmap(m.task(), child);
            }
            assertThat(v.load(3)).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B71 a page is installed in every mapping of a file, with and without mmap_lock")
    void b71(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B71, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.DEVICE, 32);
            VmaShape shape = VmaShape.RB.flags(VmFlags.MIXEDMAP, 0);
            Mapping v = m.map(m.process(), shape, file);
            Mapping other = m.map(m.newProcess(), shape.part(4, 8), file);
            Mapping third = m.map(m.newProcess(), shape.part(4, 0), file);
            Page a = m.page();
            m.recorder().forgetLocks();

            assertThat(m.mm().filePopulate().populate(m.task(), file, 9, a)).isEqualTo(2);

            assertThat(m.recorder().locks().contains(LockClass.MMAP)).isEqualTo(!on);
            assertThat(v.page(9)).isSameAs(a);
            assertThat(other.state(1)).isEqualTo("Na, ref 3 map 2, FILE+1");
            assertThat(third.mapped()).isZero();
            assertThat(m.mm().filePopulate().populate(m.task(), file, 9, m.page()))
                    .as("busy everywhere")
                    .isZero();
            assertThat(v.page(9)).isSameAs(a);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B11 write(2) into a hole leaves the zeropage mapped: the mapping does not show what was written")
    void b11(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B11, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 4);
            Mapping v = m.map(m.process(), VmaShape.DAXS.part(4, 0), file);
            assertThat(v.value(0)).isZero();
            assertThat(m.mm().files().write(m.task(), m.machine().open(file, true), 0, 7))
                    .isEqualTo(1);
            assertThat(v.value(0)).isEqualTo(on ? 0 : 7);
            assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B66 drop_caches forgets a hole that is mapped: the next write to it does not unmap the zeropage")
    void b66(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B66, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 4);
            Mapping v = m.map(m.process(), VmaShape.DAXS.part(4, 0), file);
            Mapping writer = m.map(m.newProcess(), VmaShape.DAXS.part(4, 0), file);
            assertThat(v.value(0)).isZero();
            m.mm().files().dropCaches(m.task(), file);
            assertThat(writer.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(v.value(0)).isEqualTo(on ? 0 : 7);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B68 a hole punch does not wait for GUP, and frees the block under it")
    void b68(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B68, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 4);
            Mapping v = m.map(m.process(), VmaShape.DAXS.part(4, 0), file);
            v.store(0, 7);
            Mapping.Got got = v.gup(0, GupFlags.GET | GupFlags.WRITE);
            if (!on) {
                m.task().kill();
            }
            int result = m.mm().files().punchHole(m.task(), m.machine().open(file, true), 0, 1);
            m.task().clearSignals();
            assertThat(VectorMachine.name(result)).isEqualTo(on ? "0" : "-EINTR");
            assertThat(file.block(0) == 0).isEqualTo(on);
            got.release();
        }
    }
}
