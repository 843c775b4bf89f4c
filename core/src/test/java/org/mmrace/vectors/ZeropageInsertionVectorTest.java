package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.fault.Series;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;

/** T11 to T21, T26, T27: the zeropage given to {@code vm_insert_page()} and {@code vm_insert_pages()}. */
class ZeropageInsertionVectorTest {
    private static final String COUNTED = "0: Za, ref 2 map 1, FILE+1";
    private static final String WRITABLE = "0: Zwa, ref 2 map 1, FILE+1";
    private static final String SPECIAL = "0: Zsa, ref 1 map 0, =";
    private static final String REFUSED = "-EINVAL: -, =";

    /** One row of the table: what each series answers, and the PTE, the zeropage and the RSS afterwards. */
    private record Row(String name, VmaShape vma, String before, String v1, String after) {
        @Override
        public String toString() {
            return name;
        }

        String in(Series series) {
            return switch (series) {
                case BEFORE -> before;
                case V1 -> v1;
                case AFTER -> after;
            };
        }
    }

    private static final List<Row> TABLE = List.of(
            new Row("T11 RB", VmaShape.RB, COUNTED, REFUSED, SPECIAL),
            new Row("T12 RBo", VmaShape.RBO, COUNTED, REFUSED, SPECIAL),
            new Row("T13 SHm", VmaShape.SHM, COUNTED, REFUSED, REFUSED),
            new Row("T14 SHw", VmaShape.SHW, WRITABLE, REFUSED, REFUSED),
            new Row("T15 SHpm", VmaShape.SHPM, COUNTED, REFUSED, REFUSED),
            new Row("T16 PRV", VmaShape.PRV, COUNTED, SPECIAL, SPECIAL),
            new Row("T17 IOK", VmaShape.IOK, COUNTED, SPECIAL, SPECIAL),
            new Row("T20 IOK without VM_IO", VmaShape.IOK.flags(0, VmFlags.IO), COUNTED, REFUSED, REFUSED),
            new Row(
                    "T21 private, never writable",
                    VmaShape.PRV.flags(0, VmFlags.WRITE | VmFlags.MAYWRITE),
                    COUNTED,
                    REFUSED,
                    SPECIAL));

    static Stream<Arguments> rows() {
        return TABLE.stream().flatMap(row -> Stream.of(Series.values()).map(series -> Arguments.of(row, series)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    @DisplayName("T11-T17, T20, T21 after mmap has completed")
    void insertedAfterMmap(Row row, Series series) {
        try (VectorMachine m = VectorMachine.of(series)) {
            Mapping v = m.map(row.vma());

            String result = v.insert(0, m.zeropage());

            assertThat(result + ": " + v.state(0)).isEqualTo(row.in(series));
            assertThat(v.has(VmFlags.MIXEDMAP)).isTrue();
        }
    }

    @EachSeries
    @DisplayName("T18 IOK inside ->mmap: the protection still has the write bit (hazard H1)")
    void t18(VectorMachine m) {
        AtomicInteger result = new AtomicInteger(-1);
        Mapping v = m.map(VmaShape.IOK.insideMmap((task, vma) -> {
            result.set(m.mm().insertPage().vmInsertPage(task, vma, vma.start(m.kernel()), m.zeropage()));
            return 0;
        }));
        assertThat(result).hasValue(0);
        assertThat(v.state(0)).isEqualTo(m.in("Zwa, ref 2 map 1, FILE+1", "Zswa, ref 1 map 0, ="));
    }

    @EachSeries
    @DisplayName("T19 RB in an mm that forbids the zeropage")
    void t19(VectorMachine m) {
        m.process().setForbidsZeropage(m.kernel(), true);
        Mapping v = m.map(VmaShape.RB);
        String result = v.insert(0, m.zeropage());
        assertThat(result + ": " + v.state(0)).isEqualTo(m.in(COUNTED, REFUSED));
        assertThat(v.has(VmFlags.MIXEDMAP)).isTrue();
    }

    // RB  [. . .]  ->  BEFORE [A Z B]   V1 [A . .]   AFTER [A Z B], Z special
    @EachSeries
    @DisplayName("T26 pages {A, Z, B} into RB")
    void t26(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        Page b = m.page();
        assertThat(v.insertPages(0, List.of(a, m.zeropage(), b)))
                .isEqualTo(m.in("0 num 0", "-EINVAL num 2", "0 num 0"));
        assertThat(v.strip(4, "AB", List.of(a, b))).isEqualTo(m.in("[A Z B .]", "[A . . .]", "[A Z B .]"));
        assertThat(v.pte(1)).isEqualTo(m.in("Za", "-", "Zsa"));
        assertThat(v.rss()).isEqualTo(m.in("FILE+3", "FILE+1", "FILE+2"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
        assertThat(m.counts(a)).isEqualTo("ref 2 map 1");
        assertThat(m.counts(b)).isEqualTo(m.in("ref 2 map 1", UNUSED, "ref 2 map 1"));
    }

    // SHm [. . .]  ->  BEFORE [A Z B]   V1, AFTER [A . .]
    @EachSeries
    @DisplayName("T27 pages {A, Z, B} into SHm")
    void t27(VectorMachine m) {
        Mapping v = m.map(VmaShape.SHM);
        Page a = m.page();
        Page b = m.page();
        assertThat(v.insertPages(0, List.of(a, m.zeropage(), b))).isEqualTo(m.in("0 num 0", "-EINVAL num 2"));
        assertThat(v.strip(4, "AB", List.of(a, b))).isEqualTo(m.in("[A Z B .]", "[A . . .]"));
        assertThat(v.rss()).isEqualTo(m.in("FILE+3", "FILE+1"));
        assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
        assertThat(m.counts(a)).isEqualTo("ref 2 map 1");
        assertThat(m.counts(b)).isEqualTo(m.in("ref 2 map 1", UNUSED));
    }
}
