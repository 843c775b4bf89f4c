package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Series;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.LockClass;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Khugepaged.Result;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Mapping.Got;

/** Page tables that go while their VMA stays: PT_RECLAIM, khugepaged, shared tables of hugetlb. */
class TakenTablesTest {
    private static final int TABLE_PAGES = 16;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;

    private static VectorMachine reclaiming(boolean on) {
        return VectorMachine.of(Series.AFTER, draft -> draft.ptReclaim(on));
    }

    private static Result collapse(VectorMachine m, Mapping v) {
        return m.mm().khugepaged().collapse(m.task(), v.mm(), v.addr(0));
    }

    @ParameterizedTest(name = "ptReclaim: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("MADV_DONTNEED frees the tables that it has emptied whole, and the next fault makes new ones")
    void dontneedFreesTables(boolean on) {
        try (VectorMachine m = reclaiming(on)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            v.store(TABLE_PAGES, 8);
            long before = m.platform().tables().live();
            assertThat(v.dontneed()).isEqualTo("0");
            m.kernel().rcuBarrier(m.task());
            assertThat(before - m.platform().tables().live()).isEqualTo(on ? 2 : 0);
            assertThat(v.value(0)).isZero();
            assertThat(v.store(TABLE_PAGES, 9)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    @DisplayName("A table of which MADV_DONTNEED covers a part stays")
    void partOfATableStays() {
        try (VectorMachine m = reclaiming(true)) {
            Mapping v = m.map(VmaShape.ANON.part(TABLE_PAGES - 1, 0));
            v.store(0, 7);
            long before = m.platform().tables().live();
            assertThat(v.dontneed()).isEqualTo("0");
            m.kernel().rcuBarrier(m.task());
            assertThat(m.platform().tables().live()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(VmaLockStyle.class)
    @DisplayName("MADV_DONTNEED of one VMA takes mmap_lock until 6.15, and the VMA lock since")
    void dontneedLocks(VmaLockStyle style) {
        try (VectorMachine m = VectorMachine.of(Series.AFTER, draft -> draft.vmaLock(style))) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(0, 7);
            m.recorder().forgetLocks();
            assertThat(v.dontneed()).isEqualTo("0");
            boolean vmaLock = style == VmaLockStyle.REFCNT;
            assertThat(m.recorder().locks().contains(LockClass.VMA_READ)).isEqualTo(vmaLock);
            assertThat(m.recorder().locks().contains(LockClass.MMAP)).isEqualTo(!vmaLock);
        }
    }

    @Test
    @DisplayName("A collapse moves the data to fresh pages, and maps what was not mapped")
    void collapseCopies() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON);
            v.store(1, 7);
            assertThat(v.value(2)).isZero();
            long old = v.page(1).pfn();
            assertThat(collapse(m, v)).isEqualTo(Result.SUCCEED);
            assertThat(v.page(1).pfn()).isNotEqualTo(old);
            assertThat(v.value(1)).isEqualTo(7);
            assertThat(v.value(2)).isZero();
            assertThat(v.state(3)).isEqualTo("Nwda, ref 1 map 1 exclusive, ANON+16");
        }
    }

    @Test
    @DisplayName("A collapse leaves alone what somebody holds, what is shared with a child, and what is not its own")
    void collapseRefuses() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            Mapping v = m.map(VmaShape.ANON);
            assertThat(collapse(m, v)).isEqualTo(Result.VMA_CHECK);
            v.store(0, 7);
            Got pin = v.gup(0, PIN | WRITE);
            assertThat(collapse(m, v)).isEqualTo(Result.PAGE_COUNT);
            pin.release();
            m.fork();
            assertThat(collapse(m, v)).isEqualTo(Result.PAGE_COUNT);
            assertThat(v.value(0)).isEqualTo(7);
            assertThat(collapse(m, m.map(VmaShape.RB))).isEqualTo(Result.VMA_CHECK);
        }
    }

    @Test
    @DisplayName("retract_page_tables() takes the table of a file mapping, but not one with private copies")
    void retract() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER)) {
            AddressSpace file = m.file(AddressSpace.Kind.SHMEM, 2 * TABLE_PAGES);
            Mapping shared = m.map(m.process(), VmaShape.file(AddressSpace.Kind.SHMEM, true, RW), file);
            Mapping copied = m.map(m.newProcess(), VmaShape.file(AddressSpace.Kind.SHMEM, false, RW), file);
            shared.store(0, 7);
            copied.store(1, 8);
            long before = m.platform().tables().live();
            assertThat(m.mm().khugepaged().retractPageTables(m.task(), file, 0)).isEqualTo(1);
            m.kernel().rcuBarrier(m.task());
            assertThat(before - m.platform().tables().live()).isEqualTo(1);
            assertThat(shared.value(0)).isEqualTo(7);
            assertThat(copied.value(1)).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("Two processes share the middle table of a hugetlb mapping until one of them unmaps it")
    void hugetlbShares() {
        try (VectorMachine m = VectorMachine.of(Series.AFTER, draft -> draft.ptrsPerTable(4))) {
            VmaShape whole = VmaShape.file(AddressSpace.Kind.HUGETLB, true, RW).part(TABLE_PAGES, 0);
            AddressSpace file = m.file(AddressSpace.Kind.HUGETLB, TABLE_PAGES);
            Mapping p = m.map(m.process(), whole, file);
            Mapping q = m.map(m.newProcess(), whole, file);
            p.store(0, 7);
            long before = m.platform().tables().live();
            assertThat(q.value(0)).isEqualTo(7);
            assertThat(m.platform().tables().live()).isEqualTo(before);
            assertThat(p.state(0)).isEqualTo("Nwda, ref 2 map 1, =");
            assertThat(p.munmap()).isEqualTo("0");
            assertThat(q.store(1, 8)).isEqualTo(Outcome.DONE);
            assertThat(q.state(0)).isEqualTo("Nwda, ref 2 map 1, =");
        }
    }
}
