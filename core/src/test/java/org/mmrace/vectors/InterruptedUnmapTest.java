package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.vectors.Recorder.Moment;

/** As {@link InterruptedFaultTest}, for faults in which a TLB still has what the page table has lost. */
class InterruptedUnmapTest {
    // fork write-protects the entry; its flush is still to come
    //         a write fault under the VMA lock copies the page
    // a thread of the parent writes to the old page, by its stale TLB entry
    //         the copy replaces the old page
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B53 a page fault during fork loses a write")
    void b53(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B53, on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Task other = m.otherTask();
            m.recorder().interrupt(Moment.AFTER_PTL, () -> {
                if (on) {
                    m.recorder()
                            .interrupt(
                                    Moment.DATA_WRITTEN,
                                    () -> assertThat(v.store(0, 9)).isEqualTo(Outcome.DONE));
                    int result = m.mm().pageFault().doUserAddrFault(other, m.process(), v.addr(0), true, true);
                    assertThat(result).isEqualTo(FaultResult.NONE);
                } else {
                    assertThat(m.platform().vmaLocks().lockVmaUnderRcu(other, m.process(), v.addr(0)))
                            .isNull();
                    assertThat(v.store(0, 9)).isEqualTo(Outcome.DONE);
                }
            });

            m.fork();

            assertThat(v.value(0)).isEqualTo(on ? 7 : 9);
        }
    }

    // munmap clears the entry and takes the VMA out of the file's list
    //         a hole punch finds no VMA, and frees the block
    // munmap flushes
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("F01 a hole punch frees a block that a TLB still maps")
    void f01(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.F01, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.FSDAX, 4);
            Mapping v = m.map(m.process(), VmaShape.DAXS.part(4, 0), file);
            v.store(0, 7);
            Page block = Objects.requireNonNull(m.mm().dax().blockPage(file, 0));
            Task other = m.otherTask();
            OpenFile descriptor = m.machine().open(file, true);
            m.recorder().interrupt(Moment.AFTER_I_MMAP, () -> {
                assertThat(m.mm().files().punchHole(other, descriptor, 0, 1)).isZero();
                assertThat(block.freed().get()).isEqualTo(1);
                assertThat(m.platform().tlbs().get(0).mapsFrame(block.pfn())).isEqualTo(on);
            });

            assertThat(v.munmap()).isEqualTo("0");

            assertThat(m.platform().tlbs().get(0).mapsFrame(block.pfn())).isFalse();
        }
    }
}
