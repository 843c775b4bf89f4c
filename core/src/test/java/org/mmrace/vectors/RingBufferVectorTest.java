package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.RingBuffer;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** T129, T130 and section 11: the tracing ring buffer, order 2 (sub-buffers of four pages), three sub-buffers. */
class RingBufferVectorTest {
    private static final int ORDER = 2;
    private static final int SUBBUFS = 3;
    private static final int LAYOUT_611 = 6011;
    private static final int LAYOUT_619 = 6019;
    private static final long R = VmFlags.READ;

    private static VectorMachine machine(Series series, int release) {
        return VectorMachine.of(series, draft -> draft.release(release));
    }

    private static RingBuffer buffer(VectorMachine m) {
        return Objects.requireNonNull(m.mm().newRingBuffer(m.task(), ORDER, SUBBUFS));
    }

    private static VmaShape shape(RingBuffer buffer, long prot, int pages, long pgoff) {
        return VmaShape.driver(true, prot).insideMmap(buffer).part(pages, pgoff);
    }

    private static String mmap(VectorMachine m, VmaShape shape) {
        long result = m.mmap(m.process(), shape, m.file(AddressSpace.Kind.DEVICE, 1));
        return result > 0 ? "mapped" : name(result);
    }

    /** The names of the pages: M meta, a to d the first sub-buffer, e to h the second. */
    private static String strip(Mapping v, RingBuffer buffer, int count) {
        List<Page> named = new ArrayList<>(List.of(buffer.metaPage()));
        named.addAll(buffer.subbuf(0));
        named.addAll(buffer.subbuf(1));
        return v.strip(count, "Mabcdefgh", named);
    }

    @Test
    @DisplayName("T129 before 6.12 sub-buffers follow the meta page")
    void t129without() {
        try (VectorMachine m = machine(Series.AFTER, LAYOUT_611)) {
            RingBuffer buffer = buffer(m);
            Mapping v = m.map(shape(buffer, R, 4, 0));
            assertThat(strip(v, buffer, 4)).isEqualTo("[M a b c]");
            assertThat(v.rss()).isEqualTo("FILE+4");
            buffer.free(m.task());
        }
    }

    @Test
    @DisplayName("T129 since 6.12 zeropages align the sub-buffers, and count nowhere")
    void t129with() {
        try (VectorMachine m = machine(Series.AFTER, LAYOUT_619)) {
            RingBuffer buffer = buffer(m);
            Mapping v = m.map(shape(buffer, R, 4, 0));
            assertThat(strip(v, buffer, 4)).isEqualTo("[M Z Z Z]");
            assertThat(v.state(1)).isEqualTo("Zsa, ref 1 map 0, FILE+1");
            Mapping whole = m.map(m.newProcess(), shape(buffer, R, 16, 0), m.file(AddressSpace.Kind.DEVICE, 1));
            assertThat(strip(whole, buffer, 9)).isEqualTo("[M Z Z Z a b c d e]");
            assertThat(whole.rss()).isEqualTo("FILE+13");
            assertThat(m.counts(buffer.metaPage())).isEqualTo("ref 3 map 2");
            buffer.free(m.task());
        }
    }

    @Test
    @DisplayName("T129 the padding before the series is counted, and the first posting refuses it")
    void t129otherSeries() {
        try (VectorMachine m = machine(Series.BEFORE, LAYOUT_619)) {
            RingBuffer buffer = buffer(m);
            Mapping v = m.map(shape(buffer, R, 4, 0));
            assertThat(v.state(1)).isEqualTo("Za, ref 4 map 3, FILE+4");
            buffer.free(m.task());
        }
        try (VectorMachine m = machine(Series.V1, LAYOUT_619)) {
            RingBuffer buffer = buffer(m);
            assertThat(mmap(m, shape(buffer, R, 4, 0))).isEqualTo("-EINVAL");
            assertThat(m.counts(buffer.metaPage())).isEqualTo(UNUSED);
            buffer.free(m.task());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LAYOUT_611, LAYOUT_619})
    @DisplayName("T130 writable, executable and private mappings are refused")
    void t130(int release) {
        try (VectorMachine m = machine(Series.AFTER, release)) {
            RingBuffer buffer = buffer(m);
            assertThat(mmap(m, shape(buffer, R | VmFlags.WRITE, 4, 0))).isEqualTo("-EPERM");
            assertThat(mmap(m, shape(buffer, R | VmFlags.EXEC, 4, 0))).isEqualTo("-EPERM");
            VmaShape isPrivate = VmaShape.driver(false, R).insideMmap(buffer).part(4, 0);
            assertThat(mmap(m, isPrivate)).isEqualTo("-EPERM");
            buffer.free(m.task());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LAYOUT_611, LAYOUT_619})
    @DisplayName("a mapping is never writable, not inherited, and not filled again")
    void neverWritable(int release) {
        try (VectorMachine m = machine(Series.AFTER, release)) {
            RingBuffer buffer = buffer(m);
            Mapping v = m.map(shape(buffer, R, 4, 0));
            assertThat(v.mprotectReadWrite()).isEqualTo("-EACCES");
            assertThat(v.in(m.fork()).find()).isNull();
            assertThat(v.dontneed()).isEqualTo("0");
            assertThat(v.load(0)).isEqualTo(Outcome.SIGBUS);
            buffer.free(m.task());
        }
    }

    @Test
    @DisplayName("which parts can be mapped before 6.12: 13 pages, from 0 or behind the meta page")
    void parts611() {
        try (VectorMachine m = machine(Series.AFTER, LAYOUT_611)) {
            RingBuffer buffer = buffer(m);
            assertThat(mmap(m, shape(buffer, R, 13, 0))).isEqualTo("mapped");
            assertThat(mmap(m, shape(buffer, R, 14, 0))).isEqualTo("-EINVAL");
            assertThat(mmap(m, shape(buffer, R, 4, 2))).isEqualTo("-EINVAL");
            assertThat(mmap(m, shape(buffer, R, 1, 13))).isEqualTo("-EINVAL");
            Mapping second = m.map(shape(buffer, R, 4, 5));
            assertThat(strip(second, buffer, 4)).isEqualTo("[e f g h]");
            buffer.free(m.task());
        }
    }

    @Test
    @DisplayName("which parts can be mapped since 6.12: 16 pages, from multiples of a sub-buffer")
    void parts619() {
        try (VectorMachine m = machine(Series.AFTER, LAYOUT_619)) {
            RingBuffer buffer = buffer(m);
            assertThat(mmap(m, shape(buffer, R, 16, 0))).isEqualTo("mapped");
            assertThat(mmap(m, shape(buffer, R, 17, 0))).isEqualTo("-EINVAL");
            assertThat(mmap(m, shape(buffer, R, 4, 5))).isEqualTo("-EINVAL");
            assertThat(mmap(m, shape(buffer, R, 1, 16))).isEqualTo("-EINVAL");
            Mapping second = m.map(shape(buffer, R, 4, 8));
            assertThat(strip(second, buffer, 4)).isEqualTo("[e f g h]");
            buffer.free(m.task());
        }
    }

    @Test
    @DisplayName("out of memory: nothing is mapped, nothing is left")
    void outOfMemory() {
        try (VectorMachine m = machine(Series.AFTER, LAYOUT_619)) {
            RingBuffer buffer = buffer(m);
            m.platform().memory().failAllocation(1);
            assertThat(mmap(m, shape(buffer, R, 4, 0))).isEqualTo("-ENOMEM");
            m.platform().memory().failAllocation(3);
            assertThat(m.mm().newRingBuffer(m.task(), ORDER, SUBBUFS)).isNull();
            assertThat(m.counts(buffer.metaPage())).isEqualTo(UNUSED);
            buffer.free(m.task());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LAYOUT_611, LAYOUT_619})
    @DisplayName("B58 an offset beyond the end looks behind the array of sub-buffers")
    void b58(int release) {
        for (boolean on : new boolean[] {false, true}) {
            KernelConfig config = KernelConfig.of(Series.AFTER).with(draft -> draft.release(release));
            try (VectorMachine m = new VectorMachine(on ? config.with(Fault.B58) : config)) {
                RingBuffer buffer = buffer(m);
                long beyond = release == LAYOUT_611 ? 17 : 20;
                assertThat(mmap(m, shape(buffer, R, 4, beyond))).isEqualTo("-EINVAL");
                assertThat(m.warnings()).isEqualTo(on ? List.of("__rb_map_vma") : List.of());
                buffer.free(m.task());
            }
        }
    }
}
