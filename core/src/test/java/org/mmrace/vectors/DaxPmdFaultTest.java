package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Series;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** Huge faults on DAX files: the range of a whole page table, 16 pages here. */
class DaxPmdFaultTest {
    private static final int PAGES = 16;
    private static final long START = 2 * PAGES * Address.PAGE_SIZE;

    private static Mapping map(VectorMachine m, AddressSpace file) {
        OpenFile open = m.machine().open(file, true);
        Mmap.Request request = new Mmap.Request(open, true, VmFlags.READ | VmFlags.WRITE, 0);
        m.mm().mmap().mmapAt(m.task(), m.process(), START, PAGES * Address.PAGE_SIZE, request);
        return new Mapping(m, m.process(), START, PAGES);
    }

    private static AddressSpace written(VectorMachine m, int pages) {
        AddressSpace file = m.file(AddressSpace.Kind.FSDAX, PAGES);
        for (int i = 0; i < pages; i++) {
            m.mm().files().write(m.task(), m.machine().open(file, true), i, i + 1);
        }
        return file;
    }

    private static String pmdFault(VectorMachine m, Mapping v, int i) {
        m.kernel().downRead(m.task(), v.mm().mmapLock());
        int result = m.mm().daxPmdFault().pmdFault(m.task(), v.vma(), v.addr(i));
        m.kernel().upRead(m.task(), v.mm().mmapLock());
        return FaultResult.name(result);
    }

    @Test
    @DisplayName("blocks everywhere, nothing mapped: all is mapped at once, and uncounted")
    void mapsAll() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = map(m, written(m, PAGES));
            assertThat(pmdFault(m, v, 5)).isEqualTo("NOPAGE");
            assertThat(v.mapped()).isEqualTo(PAGES);
            assertThat(v.state(15)).isEqualTo("Nsam, ref 1 map 0, =");
            assertThat(v.value(7)).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("a write splits it and upgrades one page")
    void writeSplits() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = map(m, written(m, PAGES));
            pmdFault(m, v, 0);
            assertThat(v.store(3, 9)).isEqualTo(Outcome.DONE);
            assertThat(List.of(v.pte(2), v.pte(3))).containsExactly("Nsam", "Nswdam");
            assertThat(v.value(3)).isEqualTo(9);
        }
    }

    @Test
    @DisplayName("it falls back: a page is mapped, a block is missing, the VMA is too small, pages are counted")
    void fallsBack() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = map(m, written(m, PAGES));
            v.load(4);
            assertThat(pmdFault(m, v, 0)).isEqualTo("0");
            assertThat(v.mapped()).isEqualTo(1);
        }
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            assertThat(pmdFault(m, map(m, written(m, PAGES - 1)), 0)).isEqualTo("0");
        }
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = map(m, written(m, PAGES));
            m.mm().munmap().munmap(m.task(), v.mm(), v.addr(15), Address.PAGE_SIZE);
            assertThat(pmdFault(m, v, 0)).isEqualTo("0");
        }
        try (VectorMachine m = VectorMachine.of(Series.AFTER, draft -> draft.daxStyle(DaxStyle.REFCOUNTED))) {
            assertThat(pmdFault(m, map(m, written(m, PAGES)), 0)).isEqualTo("0");
        }
    }

    @Test
    @DisplayName("a hole is punched in it, and all of it is unmapped")
    void zapped() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            AddressSpace file = written(m, PAGES);
            Mapping v = map(m, file);
            pmdFault(m, v, 0);
            assertThat(m.mm().files().punchHole(m.task(), m.machine().open(file, true), 2, 2))
                    .isZero();
            List<Long> values = new ArrayList<>();
            for (int i = 1; i < 5; i++) {
                values.add(v.value(i));
            }
            assertThat(values).containsExactly(2L, 0L, 0L, 5L);
            assertThat(v.munmap()).isEqualTo("0");
        }
    }
}
