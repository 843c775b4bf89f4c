package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Series;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Recorder.Moment;

/** Stacks grow by page faults (F4), and their faults. */
class StackTest {
    private static final long PAGE = Address.PAGE_SIZE;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;
    private static final long TOP = 64 * PAGE;

    /** One page of stack at {@link #TOP}; page 0 of the result is {@code below} pages below it. */
    private static Mapping stack(VectorMachine m, int below) {
        long at = m.mm().mmap().mmapAt(m.task(), m.process(), TOP, PAGE, Mmap.Request.stack(RW));
        assertThat(at).isEqualTo(TOP);
        return new Mapping(m, m.process(), TOP - below * PAGE, below + 1);
    }

    @Test
    @DisplayName("an access below a stack makes it grow: [. . . S] -> [. S S S]")
    void grows() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = stack(m, 3);
            assertThat(v.store(1, 7)).isEqualTo(Outcome.DONE);
            assertThat(v.find()).isNull();
            assertThat(m.process().tree().all()).hasSize(1);
            assertThat(v.value(1)).isEqualTo(7);
            assertThat(v.value(2)).isZero();
            v.store(3, 8);
            assertThat(v.rss()).isEqualTo("ANON+2");
        }
    }

    @Test
    @DisplayName("not next to accessible memory, not below the lowest address, and nothing else grows")
    void limits() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = stack(m, 3);
            long neighbour =
                    m.mm().mmap().mmapAt(m.task(), m.process(), TOP - 3 * PAGE, PAGE, Mmap.Request.anonymous(RW));
            assertThat(neighbour).isEqualTo(v.addr(0));
            assertThat(v.store(1, 7)).isEqualTo(Outcome.SIGSEGV);
            assertThat(v.store(2, 7)).isEqualTo(Outcome.DONE);
            Mapping low = new Mapping(m, m.process(), 15 * PAGE, 1);
            assertThat(v.munmap()).isEqualTo("0");
            stack(m, 1);
            assertThat(low.store(0, 7)).isEqualTo(Outcome.SIGSEGV);
            Mapping plain = m.map(VmaShape.ANON.part(1, 0));
            assertThat(new Mapping(m, m.process(), plain.addr(1), 1).load(0)).isEqualTo(Outcome.SIGSEGV);
        }
    }

    // munmap has downgraded, and is about to free the tables of the hole
    //         a write just below the stack
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B50 and B51 a stack grows although munmap holds mmap_lock for reading")
    void b51(boolean on) throws InterruptedException {
        VectorMachine m = FaultTest.machine(Fault.B51, on);
        Mapping hole = new Mapping(m, m.process(), TOP - 16 * PAGE, 16);
        Mapping v = stack(m, 1);
        m.mm().mmap().mmapAt(m.task(), m.process(), hole.addr(0), 16 * PAGE, Mmap.Request.anonymous(RW));
        hole.store(0, 7);
        Task other = m.otherTask();
        List<LockMode> heldForWriting = new ArrayList<>();
        Thread writer = new Thread(() -> {
            m.mm().userAccess().store(other, m.process(), v.addr(0), 8);
        });
        m.recorder().interrupt(Moment.AFTER_PTL, () -> {
            heldForWriting.add(m.task().held().modeOf(m.process().mmapLock()));
            writer.start();
            if (on) {
                join(writer);
            }
        });

        assertThat(hole.munmap()).isEqualTo("0");
        writer.join();

        assertThat(heldForWriting).containsExactly(LockMode.READ);
        assertThat(v.pte(0)).isEqualTo(on ? "-" : "Nwda");
        if (!on) {
            m.close();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
