package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FORCE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.Userfaultfd;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;
import org.mmrace.vectors.Recorder.Moment;

/** userfaultfd, soft-dirty bits, stacks, and their faults. */
class UserfaultfdTest {
    private static final long PAGE = Address.PAGE_SIZE;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;
    private static final VmaShape SHMEM =
            VmaShape.file(AddressSpace.Kind.SHMEM, true, RW).part(2, 0);

    private static String register(VectorMachine m, Mapping v, int pages, long modes, boolean async) {
        return name(m.mm().userfaultfd().register(m.task(), v.mm(), v.addr(0), pages * PAGE, modes, async));
    }

    private static String writeProtect(VectorMachine m, Task by, Mapping v, boolean enable) {
        return name(m.mm().userfaultfd().writeProtect(by, v.mm(), v.addr(0), PAGE, enable));
    }

    private static String copy(VectorMachine m, Mapping v, int i, long value) {
        return name(m.mm().userfaultfd().copy(m.task(), v.mm(), v.addr(i), value, false));
    }

    @Test
    @DisplayName("missing pages of private memory: SIGBUS until they are filled")
    void missing() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON.part(2, 0));
            assertThat(copy(m, v, 0, 7)).isEqualTo("-ENOENT");
            assertThat(register(m, v, 2, Userfaultfd.MODE_MISSING, false)).isEqualTo("0");
            assertThat(v.load(0)).isEqualTo(Outcome.SIGBUS);
            assertThat(v.store(0, 1)).isEqualTo(Outcome.SIGBUS);
            assertThat(copy(m, v, 0, 7)).isEqualTo("0");
            assertThat(copy(m, v, 0, 8)).isEqualTo("-EEXIST");
            assertThat(v.value(0)).isEqualTo(7);
            assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
            Mapping child = v.in(m.fork());
            assertThat(child.value(1)).isZero();
            assertThat(name(m.mm().userfaultfd().unregister(m.task(), v.mm(), v.addr(0), 2 * PAGE)))
                    .isEqualTo("0");
            assertThat(v.value(1)).isZero();
        }
    }

    @Test
    @DisplayName("shared memory: UFFDIO_COPY fills the file, UFFDIO_CONTINUE maps what it has")
    void shmem() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            AddressSpace file = m.file(AddressSpace.Kind.SHMEM, 2);
            Mapping v = m.map(m.process(), SHMEM, file);
            Mapping peer = m.map(m.newProcess(), SHMEM, file);
            assertThat(register(m, v, 2, Userfaultfd.MODE_MISSING, false)).isEqualTo("0");
            assertThat(v.load(0)).isEqualTo(Outcome.SIGBUS);
            assertThat(copy(m, v, 0, 7)).isEqualTo("0");
            assertThat(peer.value(0)).isEqualTo(7);
            peer.store(1, 8);
            assertThat(copy(m, v, 1, 9)).isEqualTo("-EEXIST");
            assertThat(name(m.mm().userfaultfd().continueMapping(m.task(), v.mm(), v.addr(1))))
                    .isEqualTo("0");
            assertThat(v.value(1)).isEqualTo(8);
            assertThat(v.rss()).isEqualTo("SHMEM+2");
        }
    }

    @Test
    @DisplayName("write protection: SIGBUS, or with WP_ASYNC only noted; fork and mremap drop it")
    void writeProtection() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            v.store(0, 7);
            assertThat(writeProtect(m, m.task(), v, true)).isEqualTo("-ENOENT");
            assertThat(register(m, v, 1, Userfaultfd.MODE_WP, false)).isEqualTo("0");
            assertThat(register(m, v, 1, Userfaultfd.MODE_WP, true)).isEqualTo("-EBUSY");
            assertThat(writeProtect(m, m.task(), v, true)).isEqualTo("0");
            assertThat(v.pte(0)).isEqualTo("Nda");
            assertThat(v.mprotectRead() + v.mprotectReadWrite()).isEqualTo("00");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.SIGBUS);
            assertThat(v.in(m.fork()).store(0, 9)).isEqualTo(Outcome.DONE);
            assertThat(writeProtect(m, m.task(), v, false)).isEqualTo("0");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
            Mapping async = m.map(VmaShape.ANONRO.part(1, 0));
            assertThat(async.mprotectReadWrite()).isEqualTo("0");
            async.store(0, 7);
            assertThat(register(m, async, 1, Userfaultfd.MODE_WP, true)).isEqualTo("0");
            assertThat(writeProtect(m, m.task(), async, true)).isEqualTo("0");
            assertThat(async.store(0, 8)).isEqualTo(Outcome.DONE);
        }
    }

    // forced write: a COW fault makes a private copy
    //         MADV_DONTNEED drops it, UFFDIO_CONTINUE maps the file's page, dirty
    // look again: dirty is good enough
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B22 a forced write reaches the file itself")
    void b22(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B22, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.SHMEM, 2);
            VmaShape readOnly =
                    VmaShape.file(AddressSpace.Kind.SHMEM, false, VmFlags.READ).part(2, 0);
            Mapping v = m.map(m.process(), readOnly, file);
            Mapping reader = m.map(m.newProcess(), readOnly, file);
            assertThat(reader.value(0)).isZero();
            register(m, v, 2, Userfaultfd.MODE_MISSING, false);
            Task other = m.otherTask();
            m.recorder().interrupt(Moment.RETRY, () -> {
                assertThat(v.dontneed(other)).isEqualTo("0");
                assertThat(m.mm().userfaultfd().continueMapping(other, v.mm(), v.addr(0)))
                        .isZero();
            });
            Got got = v.gup(0, GET | WRITE | FORCE);
            assertThat(got.result()).isEqualTo("1");
            assertThat(m.platform().folios().isAnon(got.page())).isEqualTo(!on);
            got.release();
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B38 mprotect makes an entry writable whose first write is to be noted")
    void b38(boolean on) {
        KernelConfig config = KernelConfig.of(Series.AFTER).with(draft -> draft.softDirty(true));
        try (VectorMachine m = new VectorMachine(on ? config.with(Fault.B38) : config)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            v.store(0, 7);
            m.mm().clearRefs().clearSoftDirty(m.task(), v.mm());
            assertThat(v.pte(0)).isEqualTo("Nda");
            assertThat(v.mprotectRead() + v.mprotectReadWrite()).isEqualTo("00");
            assertThat(v.pte(0)).isEqualTo(on ? "Nwda" : "Nda");
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B39 mprotect lets writes through that userfaultfd waits for")
    void b39(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B39, on)) {
            Mapping v = m.map(SHMEM);
            v.store(0, 7);
            register(m, v, 2, Userfaultfd.MODE_WP, false);
            writeProtect(m, m.task(), v, true);
            assertThat(v.store(0, 8)).isEqualTo(Outcome.SIGBUS);
            assertThat(v.mprotectRead() + v.mprotectReadWrite()).isEqualTo("00");
            assertThat(v.store(0, 8)).isEqualTo(on ? Outcome.DONE : Outcome.SIGBUS);
        }
    }

    // write-protects the entry; its flush is still to come
    //         writes; the page has another user, and is copied
    // meanwhile this CPU still writes to the old page
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B47 a page is copied while a CPU writes to it through its TLB")
    void b47(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B47, on)) {
            Mapping v = m.map(VmaShape.ANON.part(1, 0));
            v.store(0, 7);
            register(m, v, 1, Userfaultfd.MODE_WP, true);
            Got user = v.gup(0, GET);
            Page page = v.page(0);
            Task other = m.otherTask();
            List<Boolean> writableByTlb = new ArrayList<>();
            m.recorder().interrupt(Moment.AFTER_PTL, () -> {
                m.recorder()
                        .interrupt(
                                Moment.DATA_WRITTEN,
                                () -> writableByTlb.add(
                                        m.platform().tlbs().get(0).mapsFrame(page.pfn())));
                m.mm().userAccess().store(other, v.mm(), v.addr(0), 8);
            });
            writeProtect(m, m.task(), v, true);
            assertThat(writableByTlb).containsExactly(on);
            assertThat(v.page(0) != page).isEqualTo(on);
            user.release();
        }
    }

    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B64 a hole of a file that is open for reading is filled")
    void b64(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B64, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.SHMEM, 2);
            VmaShape readOnly = new VmaShape(
                    AddressSpace.Kind.SHMEM, true, VmFlags.READ, false, 0, 0, null, (task, vma) -> 0, 2, 0);
            Mapping v = m.map(m.process(), readOnly, file);
            Mapping owner = m.map(m.newProcess(), SHMEM, file);
            assertThat(register(m, v, 2, Userfaultfd.MODE_MISSING, false)).isEqualTo(on ? "0" : "-EPERM");
            assertThat(copy(m, v, 0, 7)).isEqualTo(on ? "0" : "-ENOENT");
            assertThat(owner.value(0)).isEqualTo(on ? 7 : 0);
        }
    }
}
