package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Bug;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Memory;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.op.EndlessLoopWatch;
import org.mmrace.op.Fingerprint;

/**
 * The zeropage outcome matrix (kernel-semantics.md 1.12): which VMA takes the zeropage from which function, and how.
 */
class SeriesTest {
    private static final long RW = VmFlags.READ | VmFlags.WRITE;

    private static final String COUNTED = "Za, ref 2 map 1, FILE+1";
    private static final String COUNTED_W = "Zwa, ref 2 map 1, FILE+1";
    private static final String SPECIAL = "Zsa, ref 1 map 0, =";
    private static final String SPECIAL_W = "Zswa, ref 1 map 0, =";
    private static final String DIRTY_W = "Zswda, ref 1 map 0, =";
    private static final String DIRTY = "Zsda, ref 1 map 0, =";
    private static final String EINVAL = "-EINVAL";
    private static final String SIGBUS = "SIGBUS";

    /** The function that is given the zeropage. */
    private enum Api {
        VM_INSERT_PAGE("0"),
        VM_INSERT_PAGES("0 num 0"),
        VMF_INSERT_MIXED("NOPAGE"),
        VMF_INSERT_MIXED_MKWRITE("NOPAGE");

        private final String success;

        Api(String success) {
            this.success = success;
        }

        String call(VectorMachine m, Mapping v) {
            return switch (this) {
                case VM_INSERT_PAGE -> v.insert(0, m.zeropage());
                case VM_INSERT_PAGES -> v.insertPages(0, List.of(m.zeropage()));
                case VMF_INSERT_MIXED -> v.insertMixed(0, Memory.ZERO_PFN);
                case VMF_INSERT_MIXED_MKWRITE -> v.insertMixedMkwrite(0, Memory.ZERO_PFN);
            };
        }
    }

    /** An API of the matrix, the VMA, and for each series the state or the error. */
    private record Row(String vmaName, VmaShape vma, boolean forbids, Api api, String before, String v1, String after) {
        static Row of(String name, VmaShape vma, Api api, String before, String v1, String after) {
            return new Row(name, vma, false, api, before, v1, after);
        }

        static Row forbidding(String name, VmaShape vma, Api api, String before, String after) {
            return new Row(name, vma, true, api, before, after, after);
        }

        @Override
        public String toString() {
            return api + ", " + vmaName;
        }
    }

    private static List<Row> matrix() {
        List<Row> rows = new ArrayList<>();
        for (Api api : List.of(Api.VM_INSERT_PAGE, Api.VM_INSERT_PAGES)) {
            rows.add(Row.of("never-writable shared", VmaShape.RB, api, COUNTED, EINVAL, SPECIAL));
            rows.add(Row.of("file open for reading", VmaShape.RBO, api, COUNTED, EINVAL, SPECIAL));
            rows.add(Row.of("shared, VM_MAYWRITE", VmaShape.SHM, api, COUNTED, EINVAL, EINVAL));
            rows.add(Row.of("shared writable", VmaShape.SHW, api, COUNTED_W, EINVAL, EINVAL));
            rows.add(Row.of("shared, page_mkwrite only", VmaShape.SHPM, api, COUNTED, EINVAL, EINVAL));
            rows.add(Row.of("private", VmaShape.PRV, api, COUNTED, SPECIAL, SPECIAL));
            rows.add(Row.of("VM_IO, pfn_mkwrite", VmaShape.IOK, api, COUNTED, SPECIAL, SPECIAL));
            VmaShape fsdaxInode =
                    VmaShape.file(AddressSpace.Kind.DEVICE_DAX_INODE, true, RW).ops(VmaShape.PFN_MKWRITE);
            rows.add(Row.of("S_DAX inode, pfn_mkwrite", fsdaxInode, api, COUNTED, SPECIAL, SPECIAL));
            rows.add(Row.forbidding("private, forbidding mm", VmaShape.PRV, api, COUNTED, EINVAL));
            rows.add(Row.of("VM_PFNMAP", VmaShape.PFN, api, "BUG", "BUG", "BUG"));
        }
        Api mixed = Api.VMF_INSERT_MIXED;
        VmaShape sharedMixed = VmaShape.SHW.flags(VmFlags.MIXEDMAP, 0);
        rows.add(Row.of("FSDAX shared", VmaShape.DAXS, mixed, SPECIAL, SPECIAL, SPECIAL));
        rows.add(Row.of("FSDAX private", VmaShape.DAXP, mixed, SPECIAL, SPECIAL, SPECIAL));
        rows.add(Row.forbidding("FSDAX, forbidding mm", VmaShape.DAXS, mixed, SPECIAL, SIGBUS));
        rows.add(Row.of("shared writable", VmaShape.SHW, mixed, SPECIAL_W, SIGBUS, SIGBUS));
        rows.add(Row.of("shared writable, VM_MIXEDMAP", sharedMixed, mixed, SPECIAL_W, SIGBUS, SIGBUS));
        rows.add(Row.of("shared, VM_MAYWRITE", VmaShape.SHM, mixed, SPECIAL, SIGBUS, SIGBUS));
        rows.add(Row.of("never-writable shared", VmaShape.RB, mixed, SPECIAL, SIGBUS, SPECIAL));
        Api mkwrite = Api.VMF_INSERT_MIXED_MKWRITE;
        rows.add(Row.of("FSDAX shared", VmaShape.DAXS, mkwrite, DIRTY_W, SIGBUS, SIGBUS));
        rows.add(Row.of("FSDAX private", VmaShape.DAXP, mkwrite, DIRTY_W, SIGBUS, SIGBUS));
        rows.add(Row.of("shared writable", VmaShape.SHW, mkwrite, DIRTY_W, SIGBUS, SIGBUS));
        rows.add(Row.of("never-writable shared", VmaShape.RB, mkwrite, DIRTY, SIGBUS, SIGBUS));
        return rows;
    }

    static Stream<Arguments> cells() {
        return matrix().stream().flatMap(row -> Stream.of(Series.values()).map(series -> Arguments.of(row, series)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    @DisplayName("The zeropage outcome matrix")
    void cell(Row row, Series series) {
        try (VectorMachine m = VectorMachine.of(series)) {
            m.process().setForbidsZeropage(m.kernel(), row.forbids);
            Mapping v = m.map(row.vma);
            String expected = m.in(row.before, row.v1, row.after);
            switch (expected) {
                case "BUG" -> {
                    assertThatThrownBy(() -> row.api.call(m, v)).isInstanceOf(Bug.class);
                    assertThat(v.state(0)).isEqualTo("-, =");
                }
                case EINVAL, SIGBUS -> {
                    assertThat(row.api.call(m, v)).startsWith(expected);
                    assertThat(v.state(0)).isEqualTo("-, =");
                }
                default -> {
                    assertThat(row.api.call(m, v)).isEqualTo(row.api.success);
                    assertThat(v.state(0)).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName(
            "page_mkwrite that does not return LOCKED: before the series a write faults for ever, Z has no mapping")
    void endlessFault(Series series) {
        try (VectorMachine m = VectorMachine.of(series)) {
            Mapping v = m.map(VmaShape.SHPM);
            v.insert(0, m.zeropage());
            EndlessLoopWatch watch = new EndlessLoopWatch();
            watch.watch(() -> Fingerprint.of(m.machine(), List.of(m.process()), List.of()));
            m.recorder().watchRetries(watch);
            assertThat(v.store(0, 7)).isEqualTo(m.in(Outcome.KILLED, Outcome.SIGBUS));
            assertThat(watch.endless()).isEqualTo(m.in(true, false));
            m.task().clearSignals();
            assertThat(v.state(0)).isEqualTo(m.in(COUNTED, "-, ="));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("Only V1 and AFTER differ from BEFORE without special PTEs, too: vmf_insert_mixed(Z)")
    void withoutSpecialPtes(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.pteSpecial(false))) {
            Mapping v = m.map(VmaShape.DAXV);
            assertThat(v.insertMixed(0, Memory.ZERO_PFN)).isEqualTo("NOPAGE");
            assertThat(v.state(0)).isEqualTo(m.in(COUNTED, "Za, ref 1 map 0, ="));
            assertThat(v.munmap()).isEqualTo("0");
            assertThat(m.counts(m.zeropage())).isEqualTo(VectorMachine.UNUSED);
        }
    }
}
