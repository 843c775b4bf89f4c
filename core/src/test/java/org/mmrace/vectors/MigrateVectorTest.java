package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.PIN;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.Pte;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Recorder.Moment;

/** {@code move_pages(2)}: a page goes to another frame, and what others find meanwhile. */
class MigrateVectorTest {
    private static String move(VectorMachine m, Mapping v) {
        return VectorMachine.name(m.mm().migrate().movePage(m.task(), v.mm(), v.addr(0)));
    }

    @EachSeries
    @DisplayName("a private page moves with its data, rights and marks")
    void moves(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        assertThat(move(m, v)).isEqualTo("-EFAULT");
        v.store(0, 7);
        Page before = v.page(0);
        assertThat(move(m, v)).isEqualTo("0");
        assertThat(v.page(0)).isNotSameAs(before);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+1");
        assertThat(v.value(0)).isEqualTo(7);
        assertThat(m.platform().folios().refCount(before)).isZero();
    }

    @EachSeries
    @DisplayName("pinned and shared pages stay")
    void stays(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON);
        v.store(0, 7);
        Page page = v.page(0);
        Mapping.Got pin = v.gup(0, PIN);
        assertThat(move(m, v)).isEqualTo("-EBUSY");
        assertThat(v.page(0)).isSameAs(page);
        assertThat(v.state(0)).isEqualTo("Nwda, ref 1025 map 1 exclusive, ANON+1");
        pin.release();
        m.fork();
        assertThat(move(m, v)).isEqualTo("-EBUSY");
    }

    // move_pages(2) has put the migration entry in place, and copies
    //         MADV_DONTNEED drops the entry
    @Test
    @DisplayName("the mapping goes while its page moves: both frames are freed, nothing is counted")
    void zapped() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Task other = m.otherTask();
            m.recorder().interrupt(Moment.DATA_WRITTEN, () -> {
                assertThat(v.pte(0)).isEqualTo("-");
                assertThat(v.mapped()).isEqualTo(1);
                assertThat(v.dontneed(other)).isEqualTo("0");
            });
            assertThat(move(m, v)).isEqualTo("0");
            assertThat(v.state(0)).isEqualTo("-, =");
            assertThat(v.value(0)).isZero();
        }
    }

    // move_pages(2) has put the migration entry in place, and copies
    //         a driver's write fault asks for this entry
    @ParameterizedTest
    @CsvSource({"false, DEVMAP", "true, DEVMAP", "false, REFCOUNTED", "true, REFCOUNTED"})
    @DisplayName("B17 insertion for a write meets a migration entry, and compares frames")
    void b17(boolean on, DaxStyle style) {
        KernelConfig sound = KernelConfig.of(Series.AFTER);
        try (VectorMachine m = new VectorMachine(on ? sound.with(Fault.B17) : sound)) {
            Mapping v = m.map(VmaShape.PRV.flags(VmFlags.MIXEDMAP, 0));
            v.insert(0, m.page());
            v.store(0, 7);
            Page driverPage = m.page(PageKind.DRIVER);
            Task other = m.otherTask();
            m.recorder().interrupt(Moment.DATA_WRITTEN, () -> {
                if (style == DaxStyle.DEVMAP) {
                    m.mm().insertPfn().vmfInsertMixedMkwrite(other, v.vma(), v.addr(0), driverPage.pfn());
                } else {
                    m.mm().insertPfn().vmfInsertPageMkwrite(other, v.vma(), v.addr(0), driverPage, true);
                }
            });
            assertThat(move(m, v)).isEqualTo("0");
            String function = style == DaxStyle.DEVMAP ? "insert_pfn" : "insert_page_into_pte_locked";
            assertThat(m.warnings()).isEqualTo(on ? List.of(function) : List.of());
            assertThat(v.value(0)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a migration entry maps nothing, whatever it remembers")
    void entry(boolean writable) {
        long entry = Pte.migration(40, writable);
        assertThat(Pte.isNone(entry) || Pte.isPresent(entry) || Pte.isAccessible(entry))
                .isFalse();
        assertThat(Pte.isMigration(entry)).isTrue();
        assertThat(Pte.pfn(entry)).isEqualTo(40);
        assertThat(Pte.isMigration(Pte.make(40, VmFlags.pageProt(VmFlags.READ))))
                .isFalse();
    }

    @Test
    @DisplayName("a store after the move goes to the new frame")
    void storeAfterwards() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            Page before = v.page(0);
            move(m, v);
            assertThat(v.store(0, 8)).isEqualTo(Outcome.DONE);
            assertThat(m.platform().memory().contents(before.pfn())).isEqualTo(7);
            assertThat(m.platform().memory().contents(v.page(0).pfn())).isEqualTo(8);
        }
    }
}
