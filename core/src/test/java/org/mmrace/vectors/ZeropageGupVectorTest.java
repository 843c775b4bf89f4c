package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.LONGTERM;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.fault.Series;
import org.mmrace.kernel.LockClass;
import org.mmrace.mm.Page;
import org.mmrace.vectors.Mapping.Got;

/**
 * T84 to T89: GUP of a zeropage that {@code vm_insert_page()} mapped. V1 refuses it in the ring buffer, so there GUP
 * faults in vain.
 */
class ZeropageGupVectorTest {
    private static final String NOT_MAPPED = "-EFAULT";

    /** A ring buffer with the zeropage, as far as the series allows it. */
    private static Mapping ringBuffer(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        assertThat(v.insert(0, m.zeropage())).isEqualTo(m.in("0", "-EINVAL", "0"));
        return v;
    }

    private static List<Page> zeropage(VectorMachine m) {
        return m.is(Series.V1) ? List.of() : List.of(m.zeropage());
    }

    @EachSeries
    @DisplayName("T84 a get counts one reference on top of the mapping's, if there is one")
    void t84(VectorMachine m) {
        Mapping v = ringBuffer(m);
        Got got = v.gup(0, GET);
        assertThat(got.result()).isEqualTo(m.in("1", NOT_MAPPED, "1"));
        assertThat(got.pages()).isEqualTo(zeropage(m));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 3 map 1", UNUSED, "ref 2 map 0"));
        got.release();
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
    }

    @EachSeries
    @DisplayName("T85 a pin counts nothing")
    void t85(VectorMachine m) {
        Mapping v = ringBuffer(m);
        Got pin = v.gup(0, PIN);
        assertThat(pin.result()).isEqualTo(m.in("1", NOT_MAPPED, "1"));
        assertThat(pin.pages()).isEqualTo(zeropage(m));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
        pin.release();
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
    }

    @EachSeries
    @DisplayName("T86 nor does a long-term pin: never writable, so the page is stable")
    void t86(VectorMachine m) {
        Mapping v = ringBuffer(m);
        Got pin = v.gup(0, PIN | LONGTERM);
        assertThat(pin.result()).isEqualTo(m.in("1", NOT_MAPPED, "1"));
        assertThat(pin.pages()).isEqualTo(zeropage(m));
        assertThat(v.state(0)).isEqualTo(m.in("Za, ref 2 map 1, FILE+1", "-, =", "Zsa, ref 1 map 0, ="));
        pin.release();
    }

    @EachSeries
    @DisplayName("T87 fast pin: a special entry stops the lockless walk")
    void t87(VectorMachine m) {
        Mapping v = ringBuffer(m);
        Got pin = v.gupFast(0, PIN | FAST_ONLY);
        assertThat(pin.result()).isEqualTo(m.in("1", "0"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
        pin.release();
    }

    @EachSeries
    @DisplayName("T88 fast get with fallback: the slow path takes the reference since the series")
    void t88(VectorMachine m) {
        Mapping v = ringBuffer(m);
        m.recorder().forgetLocks();
        Got got = v.gupFast(0, GET);
        assertThat(got.result()).isEqualTo(m.in("1", NOT_MAPPED, "1"));
        assertThat(got.pages()).isEqualTo(zeropage(m));
        assertThat(m.recorder().locks().contains(LockClass.MMAP)).isEqualTo(m.in(false, true));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 3 map 1", UNUSED, "ref 2 map 0"));
        got.release();
    }

    @EachSeries
    @DisplayName("T89 fast write pin of a writable zeropage: the caller may write to it")
    void t89(VectorMachine m) {
        Mapping v = m.map(VmaShape.SHW);
        assertThat(v.insert(0, m.zeropage())).isEqualTo(m.in("0", "-EINVAL"));
        Got pin = v.gupFast(0, PIN | WRITE | FAST_ONLY);
        assertThat(pin.result()).isEqualTo(m.in("1", "0"));
        assertThat(v.state(0)).isEqualTo(m.in("Zwa, ref 2 map 1, FILE+1", "-, ="));
        pin.release();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("T89 with secret memory compiled in, the fast path stops and the slow path gives the same")
    void t89secretmem(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.secretmem(true))) {
            Mapping v = m.map(VmaShape.SHW);
            v.insert(0, m.zeropage());
            assertThat(v.gupFast(0, PIN | WRITE | FAST_ONLY).result()).isEqualTo("0");
            Got pin = v.gupFast(0, PIN | WRITE);
            assertThat(pin.result()).isEqualTo(m.in("1", NOT_MAPPED));
            assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
            pin.release();
        }
    }
}
