package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.Userfaultfd;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Recorder.Moment;

/** T125 to T128, KSM, and the faults of both. */
class CowSharingVectorTest {
    private static final long PAGE = Address.PAGE_SIZE;

    private static String disable(VectorMachine m) {
        return name(m.mm().cowSharing().disable(m.task(), m.process()));
    }

    private static String uffdZeropage(VectorMachine m, Mapping v, int i) {
        return name(m.mm().userfaultfd().zeropage(m.task(), v.mm(), v.addr(i)));
    }

    private static String registerMissing(VectorMachine m, Mapping v, int pages) {
        return name(m.mm().userfaultfd()
                .register(m.task(), v.mm(), v.addr(0), pages * PAGE, Userfaultfd.MODE_MISSING, false));
    }

    @EachSeries
    @DisplayName("T125 two zeropages of private memory become pages of their own, read-only")
    void t125(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(4, 0));
        assertThat(v.value(0) + v.value(1)).isZero();
        assertThat(disable(m)).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Na, ref 1 map 1 exclusive, ANON+2");
        assertThat(v.state(1)).isEqualTo("Na, ref 1 map 1 exclusive, ANON+2");
        assertThat(v.value(2)).isZero();
        assertThat(v.state(2)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+3");
    }

    @EachSeries
    @DisplayName("T126 a DAX hole cannot be unshared: -EFAULT, and sharing is allowed again")
    void t126(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        Mapping anon = m.map(VmaShape.ANON);
        assertThat(v.value(0)).isZero();
        assertThat(disable(m)).isEqualTo("-EFAULT");
        assertThat(anon.value(0)).isZero();
        assertThat(anon.pte(0)).isEqualTo("Zsa");
    }

    @EachSeries
    @DisplayName("T127 a second time, and in a child: 0 at once, and a child may share again")
    void t127(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(disable(m)).isEqualTo("0");
        assertThat(disable(m)).isEqualTo("0");
        Mapping child = v.in(m.fork());
        assertThat(child.value(0)).isZero();
        assertThat(child.pte(0)).isEqualTo("Zsa");
    }

    @EachSeries
    @DisplayName("T128 UFFDIO_ZEROPAGE where the zeropage is forbidden places an empty page")
    void t128(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(2, 0));
        assertThat(registerMissing(m, v, 2)).isEqualTo("0");
        assertThat(uffdZeropage(m, v, 0)).isEqualTo("0");
        assertThat(v.pte(0)).isEqualTo("Zsa");
        assertThat(disable(m)).isEqualTo("0");
        assertThat(uffdZeropage(m, v, 1)).isEqualTo("0");
        assertThat(v.state(1)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+2");
    }

    @EachSeries
    @DisplayName("KSM: an empty page gives way to the zeropage; not one that is used, or that holds something")
    void ksm(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(3, 0));
        for (int i = 0; i < 3; i++) {
            v.store(i, i);
        }
        assertThat(ksmMerge(m, v, 0)).isEqualTo("-EFAULT");
        assertThat(name(m.mm().ksm().madviseMergeable(m.task(), v.mm(), v.addr(0), 3 * PAGE)))
                .isEqualTo("0");
        Mapping.Got pin = v.gup(0, org.mmrace.mm.GupFlags.GET);
        assertThat(ksmMerge(m, v, 0)).isEqualTo("-EBUSY");
        assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1 exclusive, ANON+3");
        pin.release();
        assertThat(ksmMerge(m, v, 0)).isEqualTo("0");
        assertThat(ksmMerge(m, v, 1)).isEqualTo("-EFAULT");
        assertThat(v.state(0)).isEqualTo("Zsda, " + UNUSED + ", ANON+2");
        assertThat(v.store(0, 9)).isEqualTo(Outcome.DONE);
        assertThat(v.store(1, 8)).isEqualTo(Outcome.DONE);
        assertThat(v.value(0)).isEqualTo(9);
        assertThat(disable(m)).isEqualTo("0");
        assertThat(v.has(VmFlags.MERGEABLE)).isFalse();
    }

    private static String ksmMerge(VectorMachine m, Mapping v, int i) {
        return name(m.mm().ksm().mergeZero(m.task(), v.mm(), v.addr(i)));
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B14 KSM keeps counting the page that it has merged away")
    void b14(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B14, on)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            v.store(0, 0);
            m.mm().ksm().madviseMergeable(m.task(), v.mm(), v.addr(0), PAGE);
            assertThat(ksmMerge(m, v, 0)).isEqualTo("0");
            assertThat(v.rss()).isEqualTo(on ? "ANON+1" : "=");
            m.leaves(UNUSED, on ? "ANON+1" : "=");
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B15 UFFDIO_ZEROPAGE places the zeropage where it is forbidden")
    void b15(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B15, on)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            registerMissing(m, v, 1);
            assertThat(disable(m)).isEqualTo("0");
            assertThat(uffdZeropage(m, v, 0)).isEqualTo("0");
            assertThat(v.pte(0)).isEqualTo(on ? "Zsa" : "Nwda");
        }
    }

    // a read fault under the VMA lock has seen that the zeropage is allowed
    //         the mm forbids it, finds no zeropage, and returns 0
    // the fault maps the zeropage
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B16 a read fault under the VMA lock maps the zeropage after it was forbidden")
    void b16(boolean on) throws InterruptedException {
        try (VectorMachine m = FaultTest.machine(Fault.B16, on)) {
            Mapping v = m.map(VmaShape.ANON);
            Task other = m.otherTask();
            List<Integer> results = new ArrayList<>();
            Thread disabler = new Thread(() -> results.add(m.mm().cowSharing().disable(other, m.process())));
            m.recorder().interrupt(Moment.BEFORE_PTL, () -> {
                disabler.start();
                if (on) {
                    joinUninterruptibly(disabler);
                }
            });

            assertThat(v.value(0)).isZero();
            disabler.join();

            assertThat(results).containsExactly(0);
            assertThat(v.pte(0)).isEqualTo(on ? "Zsa" : v.pte(0));
            assertThat(v.pte(0).startsWith("Z")).isEqualTo(on);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B16c what was there is missing, and userfaultfd is asked for it")
    void b16c(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B16C, on)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            registerMissing(m, v, 1);
            assertThat(uffdZeropage(m, v, 0)).isEqualTo("0");
            assertThat(v.value(0)).isZero();
            assertThat(disable(m)).isEqualTo("0");
            assertThat(v.load(0)).isEqualTo(on ? Outcome.SIGBUS : Outcome.DONE);
        }
    }
}
