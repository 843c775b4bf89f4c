package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.FORCE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;
import org.mmrace.vectors.Recorder.Moment;

/**
 * Faults that need another task at one exact moment, which a {@link Recorder} lets it have on the same thread: no luck,
 * no threads. Each row shows the steps of task 0, and of task 1 indented.
 */
class InterruptedFaultTest {
    // write fault copies the file page
    //         MADV_DONTNEED drops the copy
    // look again: without FOLL_WRITE the file page is good enough
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B21 Dirty COW: a forced write reaches the file itself")
    void b21(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B21, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.PAGE_CACHE, 4);
            VmaShape readOnly = VmaShape.file(AddressSpace.Kind.PAGE_CACHE, false, VmFlags.READ)
                    .part(4, 0);
            Mapping v = m.map(m.process(), readOnly, file);
            Mapping reader = m.map(m.newProcess(), readOnly, file);
            assertThat(v.value(0) + reader.value(0)).isZero();
            Task other = m.otherTask();
            m.recorder()
                    .interrupt(Moment.RETRY, () -> assertThat(v.dontneed(other)).isEqualTo("0"));

            Got got = v.gup(0, GET | WRITE | FORCE);
            m.platform().memory().setContents(m.task(), got.page().pfn(), 9);

            assertThat(got.result()).isEqualTo("1");
            assertThat(m.platform().folios().isAnon(got.page())).isEqualTo(!on);
            assertThat(v.pte(0)).isEqualTo(on ? "Na" : "Nda");
            assertThat(reader.value(0)).isEqualTo(on ? 9 : 0);
            got.release();
        }
    }

    // fork finds the page not pinned
    //         pin_user_pages_fast()
    // fork write-protects the entry; the parent's next write copies the page away from the pin
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B25 a fast pin during fork loses the page")
    void b25(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B25, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Task other = m.otherTask();
            List<Got> pins = new ArrayList<>();
            m.recorder().interrupt(Moment.ANON_SHARED, () -> pins.add(v.gupFast(other, 0, PIN | WRITE | FAST_ONLY)));
            Page page = v.page(0);

            m.fork();

            assertThat(pins).singleElement().extracting(Got::result).isEqualTo(on ? "1" : "0");
            assertThat(m.counts(page)).isEqualTo(on ? "ref 1026 map 2 shared" : "ref 2 map 2 shared");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
            assertThat(m.counts(page)).isEqualTo(on ? "ref 1025 map 1 shared" : "ref 1 map 1 shared");
            assertThat(m.platform().memory().contents(page.pfn())).isEqualTo(7);
            pins.forEach(Got::release);
        }
    }

    // MADV_DONTNEED clears the entry, and has not flushed yet
    //         MADV_DONTNEED finds nothing to clear, and returns
    //         a load
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B43 after MADV_DONTNEED has returned, a stale TLB entry still gives the old data")
    void b43(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B43, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Task other = m.otherTask();
            assertThat(v.value(other, 0)).isEqualTo(7);
            List<Long> seen = new ArrayList<>();
            m.recorder().interrupt(Moment.AFTER_PTL, () -> {
                assertThat(v.state(0)).isEqualTo("-, =");
                assertThat(v.dontneed(other)).isEqualTo("0");
                seen.add(v.value(other, 0));
            });

            assertThat(v.dontneed()).isEqualTo("0");

            assertThat(seen).containsExactly(on ? 7L : 0L);
            assertThat(v.value(other, 0)).isZero();
        }
    }

    // vm_insert_page(A) finds the entry empty
    //         vm_insert_page(B)
    // takes the PTL and stores A over B, whose reference, mapcount and RSS nobody will give back
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B70 two insertions at one address both succeed")
    void b70(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B70, on)) {
            Mapping v = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
            Page a = m.page();
            Page b = m.page();
            Task other = m.otherTask();
            m.recorder()
                    .interrupt(
                            Moment.BEFORE_PTL,
                            () -> assertThat(m.mm().insertPage().vmInsertPage(other, v.vma(), v.addr(0), b))
                                    .isZero());

            assertThat(v.insertUnderReadLock(0, a)).isEqualTo(on ? "0" : "-EBUSY");

            assertThat(v.page(0)).isSameAs(on ? a : b);
            assertThat(v.rss()).isEqualTo(on ? "FILE+2" : "FILE+1");
            assertThat(m.counts(a)).isEqualTo(on ? "ref 2 map 1" : UNUSED);
            assertThat(m.counts(b)).isEqualTo("ref 2 map 1");
            m.leaves(b, on ? "ref 2 map 1" : UNUSED);
            m.leaves(UNUSED, on ? "FILE+1" : "=");
        }
    }
}
