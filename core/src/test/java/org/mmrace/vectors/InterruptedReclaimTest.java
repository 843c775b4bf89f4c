package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;
import org.mmrace.vectors.Recorder.Moment;

/** As {@link InterruptedFaultTest}, for faults of reclaim, writeback, and the order of flushes. */
class InterruptedReclaimTest {
    private static final VmaShape FILE = VmaShape.file(AddressSpace.Kind.PAGE_CACHE, true, VmFlags.READ | VmFlags.WRITE)
            .part(1, 0);

    // reclaim looks at the references, and is about to clear the entry
    //         a device pins the page, to write to it
    // drops the page
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B37 what a device writes to a page given up with MADV_FREE is lost")
    void b37(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B37, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            assertThat(v.free()).isEqualTo("0");
            Task other = m.otherTask();
            List<Got> pins = new ArrayList<>();
            m.recorder().interrupt(Moment.BEFORE_STORE, () -> pins.add(v.gupFast(other, 0, PIN | WRITE | FAST_ONLY)));

            assertThat(v.pageout()).isEqualTo("0");

            assertThat(pins).singleElement().extracting(Got::result).isEqualTo("1");
            m.platform().memory().setContents(other, pins.get(0).page().pfn(), 9);
            assertThat(v.value(0)).isEqualTo(on ? 0 : 9);
            pins.forEach(Got::release);
        }
    }

    // reclaim clears the entry, and puts the flush off
    //         MADV_DONTNEED finds nothing to clear, and returns
    // reclaim flushes
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B42 after MADV_DONTNEED has returned, a TLB still has what reclaim has taken")
    void b42(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B42, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.PAGE_CACHE, 1);
            Mapping v = m.map(m.process(), FILE, file);
            Task other = m.otherTask();
            assertThat(v.value(0) + v.value(other, 0)).isZero();
            long pfn = v.page(0).pfn();
            m.recorder().interrupt(Moment.AFTER_I_MMAP, () -> {
                assertThat(v.dontneed(other)).isEqualTo("0");
                assertThat(m.platform().tlbs().get(1).mapsFrame(pfn)).isEqualTo(on);
            });

            assertThat(m.mm().reclaim().shrinkFilePage(m.task(), file, 0)).isTrue();

            assertThat(m.platform().tlbs().get(1).mapsFrame(pfn)).isFalse();
            assertThat(v.state(0)).isEqualTo("-, =");
        }
    }

    // zap clears a dirty entry, and has not flushed yet
    //         writeback cleans the page, which nobody maps any more, and writes it
    //         another thread stores to it by its TLB entry
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B44 a store after writeback leaves the page clean")
    void b44(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B44, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.PAGE_CACHE, 1);
            Mapping v = m.map(m.process(), FILE, file);
            Task other = m.otherTask();
            assertThat(v.store(0, 1)).isEqualTo(Outcome.DONE);
            assertThat(v.store(other, 0, 7)).isEqualTo(Outcome.DONE);
            Page page = v.page(0);
            m.recorder().interrupt(Moment.AFTER_PTL, () -> {
                assertThat(m.mm().writeback().writePage(other, file, 0)).isTrue();
                assertThat(v.store(other, 0, 8)).isEqualTo(Outcome.DONE);
            });

            assertThat(v.dontneed()).isEqualTo("0");

            assertThat(file.onDisk(0)).isEqualTo(7);
            assertThat(m.platform().memory().contents(page.pfn())).isEqualTo(8);
            assertThat(m.platform().folios().isDirty(page)).isEqualTo(!on);
        }
    }

    // munmap clears the entry, and takes the VMA out of the file's list
    //         the driver finds nothing to unmap, and frees its page
    // munmap flushes
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B45 a driver frees a page that a TLB still maps")
    void b45(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B45, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.DEVICE, 32);
            Mapping v = m.map(m.process(), VmaShape.RB.flags(VmFlags.MIXEDMAP, 0), file);
            Page page = m.page(PageKind.DRIVER);
            assertThat(v.insertMixed(0, page.pfn())).isEqualTo("NOPAGE");
            assertThat(v.value(0)).isZero();
            Task other = m.otherTask();
            m.recorder().interrupt(Moment.AFTER_I_MMAP, () -> {
                m.mm().zap().unmapMappingPages(other, file, 0, 1, true);
                m.free(page);
                assertThat(m.platform().tlbs().get(0).mapsFrame(page.pfn())).isEqualTo(on);
            });

            assertThat(v.munmap()).isEqualTo("0");

            assertThat(page.freed().get()).isEqualTo(1);
            assertThat(m.platform().tlbs().get(0).mapsFrame(page.pfn())).isFalse();
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B46 without memory for a batch, a page table goes before what TLBs have from it")
    void b46(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B46, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            long pfn = v.page(0).pfn();
            List<Boolean> cached = new ArrayList<>();
            m.recorder()
                    .interrupt(
                            Moment.TABLE_UNUSED,
                            () -> cached.add(m.platform().tlbs().get(0).mapsFrame(pfn)));
            m.platform().memory().failAllocation(1);

            assertThat(v.munmap()).isEqualTo("0");

            assertThat(cached).containsExactly(on);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B48 a CPU keeps the page that COW has replaced")
    void b48(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B48, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            m.fork();
            Task other = m.otherTask();
            assertThat(v.value(other, 0)).isEqualTo(7);

            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);

            assertThat(v.value(other, 0)).isEqualTo(on ? 7 : 8);
        }
    }
}
