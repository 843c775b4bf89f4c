package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.FORCE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.LONGTERM;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.mm.VmaLocks;
import org.mmrace.vectors.Mapping.Got;

/**
 * The faults that one thread can show: with the fault on, the bad effect is there; with it off, it is not. The faults
 * of races whose moment can be hit from one thread are in {@link InterruptedFaultTest}; the rest needs real threads.
 */
class FaultTest {
    /** One page, so that nothing is read ahead. */
    private static final VmaShape WRITEBACK = VmaShape.file(
                    AddressSpace.Kind.PAGE_CACHE, true, VmFlags.READ | VmFlags.WRITE)
            .part(1, 0);

    /** AFTER, with this fault on or off. */
    static VectorMachine machine(Fault fault, boolean on) {
        return machine(KernelConfig.of(Series.AFTER), fault, on);
    }

    private static VectorMachine machine(KernelConfig sound, Fault fault, boolean on) {
        return new VectorMachine(on ? sound.with(fault) : sound);
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B01 no special PTEs: each read of a DAX hole leaks a reference, a mapcount and RSS")
    void b01(boolean on) {
        KernelConfig noSpecial = KernelConfig.of(Series.AFTER).with(draft -> draft.pteSpecial(false));
        try (VectorMachine m = machine(noSpecial, Fault.B01, on)) {
            for (int i = 0; i < 3; i++) {
                Mapping v = m.map(VmaShape.DAXS);
                assertThat(v.value(0)).isZero();
                assertThat(v.munmap()).isEqualTo("0");
            }
            assertThat(m.counts(m.zeropage())).isEqualTo(on ? "ref 4 map 3" : UNUSED);
            m.leaves(on ? "ref 4 map 3" : UNUSED, on ? "FILE+3" : "=");
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B03 a process writes the zeropage, and every other one reads what it wrote")
    void b03(boolean on) {
        try (VectorMachine m = machine(Fault.B03, on)) {
            Mapping v = m.map(VmaShape.SHM);
            Mapping victim = m.map(m.newProcess(), VmaShape.ANON, null);
            v.insert(0, m.zeropage());
            assertThat(v.mprotectReadWrite()).isEqualTo("0");
            assertThat(v.store(0, 7)).isEqualTo(on ? Outcome.DONE : Outcome.SIGBUS);
            assertThat(v.pte(0)).isEqualTo(on ? "Zwda" : "-");
            assertThat(victim.value(0)).isEqualTo(on ? 7 : 0);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B04 the ring buffer's padding cannot be mapped")
    void b04(boolean on) {
        try (VectorMachine m = machine(Fault.B04, on)) {
            Mapping v = m.map(VmaShape.RB);
            assertThat(v.insert(0, m.zeropage())).isEqualTo(on ? "-EINVAL" : "0");
            assertThat(v.load(0)).isEqualTo(on ? Outcome.SIGBUS : Outcome.DONE);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B09 a long-term read pin keeps the zeropage, and misses what is written later")
    void b09(boolean on) {
        try (VectorMachine m = machine(Fault.B09, on)) {
            Mapping v = m.map(VmaShape.ANON);
            assertThat(v.value(0)).isZero();
            Got pin = v.gup(0, PIN | LONGTERM);
            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(Memory.isZero(pin.page())).isEqualTo(on);
            assertThat(m.platform().memory().contents(pin.page().pfn())).isEqualTo(on ? 0 : 7);
            pin.release();
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B12 a DAX write fault that finds the zeropage makes it writable")
    void b12(boolean on) {
        try (VectorMachine m = machine(Fault.B12, on)) {
            Mapping v = m.map(VmaShape.DAXS);
            assertThat(v.value(0)).isZero();
            assertThat(v.insertMixedMkwrite(0, m.page(PageKind.DEVMAP).pfn())).isEqualTo("NOPAGE");
            assertThat(v.pte(0)).isEqualTo(on ? "Zswda" : "Zsa");
            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(m.platform().memory().contents(Memory.ZERO_PFN)).isEqualTo(on ? 7 : 0);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B31 GUP-fast brings a page without references back to life")
    void b31(boolean on) {
        try (VectorMachine m = machine(Fault.B31, on)) {
            Mapping v = m.map(VmaShape.RB);
            Page a = m.page();
            v.insert(0, a);
            m.platform().folios().setRefCount(m.task(), a, 0);
            assertThat(v.gupFast(0, GET | FAST_ONLY).result()).isEqualTo(on ? "1" : "0");
            assertThat(m.counts(a)).isEqualTo(on ? "ref 1 map 1" : "ref 0 map 1");
            m.platform().folios().setRefCount(m.task(), a, 2);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B36 a long-term write pin of a file whose writes must be noticed, slow and fast")
    void b36(boolean on) {
        try (VectorMachine m = machine(Fault.B36, on)) {
            Mapping v = m.map(WRITEBACK);
            Got slow = v.gup(0, PIN | LONGTERM | WRITE);
            assertThat(slow.result()).isEqualTo(on ? "1" : "-EFAULT");
            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(m.counts(v.page(0))).isEqualTo(on ? "ref 1026 map 1" : "ref 2 map 1");
            Got fast = v.gupFast(0, PIN | LONGTERM | WRITE | FAST_ONLY);
            assertThat(fast.result()).isEqualTo(on ? "1" : "0");
            slow.release();
            fast.release();
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B40 mprotect makes a clean file entry writable: the write is never noticed")
    void b40file(boolean on) {
        try (VectorMachine m = machine(Fault.B40, on)) {
            Mapping v = m.map(WRITEBACK);
            assertThat(v.value(0)).isZero();
            assertThat(v.mprotectRead()).isEqualTo("0");
            assertThat(v.mprotectReadWrite()).isEqualTo("0");
            assertThat(v.pte(0)).isEqualTo(on ? "Nwa" : "Na");
            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(m.platform().folios().isDirty(v.page(0))).isEqualTo(!on);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B40 mprotect makes a shared anonymous entry writable: the child reads what the parent writes")
    void b40anonymous(boolean on) {
        try (VectorMachine m = machine(Fault.B40, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Mapping child = v.in(m.fork());
            assertThat(v.mprotectRead()).isEqualTo("0");
            assertThat(v.mprotectReadWrite()).isEqualTo("0");
            assertThat(v.pte(0)).isEqualTo(on ? "Nwda" : "Nda");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
            assertThat(child.value(0)).isEqualTo(on ? 8 : 7);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B56 a VMA is open to readers while a writer is at work on it")
    void b56(boolean on) {
        try (VectorMachine m = machine(Fault.B56, on)) {
            Mapping v = m.map(VmaShape.ANON);
            VmaLocks locks = m.platform().vmaLocks();
            Task reader = m.otherTask();
            locks.mmapWriteLock(m.task(), v.mm());
            locks.startWrite(m.task(), v.vma());
            Vma locked = locks.lockVmaUnderRcu(reader, v.mm(), v.addr(0));
            assertThat(locked).isSameAs(on ? v.vma() : null);
            if (locked != null) {
                locks.endRead(reader, locked);
            }
            locks.mmapWriteUnlock(m.task(), v.mm());
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B72 RSS is added before the entry is found busy")
    void b72(boolean on) {
        try (VectorMachine m = machine(Fault.B72, on)) {
            Mapping v = m.map(VmaShape.RB);
            Page a = m.page();
            assertThat(v.insert(0, a)).isEqualTo("0");
            assertThat(v.insert(0, a)).isEqualTo("-EBUSY");
            assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, " + (on ? "FILE+2" : "FILE+1"));
            m.leaves(UNUSED, on ? "FILE+1" : "=");
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B21 without an interruption a forced write is right even with the fault")
    void b21alone(boolean on) {
        try (VectorMachine m = machine(Fault.B21, on)) {
            Mapping v = m.map(VmaShape.ANONRO);
            assertThat(v.value(0)).isZero();
            Got got = v.gup(0, GET | WRITE | FORCE);
            assertThat(got.page()).isSameAs(v.page(0));
            assertThat(v.state(0)).isEqualTo("Nda, ref 2 map 1 exclusive, ANON+1");
            got.release();
        }
    }
}
