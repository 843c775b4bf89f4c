package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mmrace.vectors.VectorMachine.UNUSED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.mmrace.kernel.Bug;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.VmFlags;

/** T01 to T10, T22 to T25, T28, T29: ordinary pages given to {@code vm_insert_page()} and {@code vm_insert_pages()}. */
class InsertionVectorTest {
    @EachSeries
    @DisplayName("T01 vm_insert_page() maps a page and counts it")
    void t01(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
        assertThat(v.insert(0, m.page())).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        assertThat(v.has(VmFlags.MIXEDMAP)).isTrue();
    }

    @EachSeries
    @DisplayName("T02 the same page again is busy")
    void t02(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        assertThat(v.insert(0, a)).isEqualTo("0");
        assertThat(v.insert(0, a)).isEqualTo("-EBUSY");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
    }

    @EachSeries
    @DisplayName("T03 another page at the same address is busy")
    void t03(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        Page b = m.page();
        assertThat(v.insert(0, a)).isEqualTo("0");
        assertThat(v.insert(0, b)).isEqualTo("-EBUSY");
        assertThat(v.page(0)).isSameAs(a);
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
        assertThat(m.counts(b)).isEqualTo(UNUSED);
    }

    @EachSeries
    @DisplayName("T04 outside the VMA")
    void t04(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        assertThat(v.insert(32, a)).isEqualTo("-EFAULT");
        assertThat(v.insert(-1, a)).isEqualTo("-EFAULT");
        assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
        assertThat(m.counts(a)).isEqualTo(UNUSED);
        assertThat(v.rss()).isEqualTo("=");
    }

    @EachSeries
    @DisplayName("T05 a page without references: the check moved behind the setting of VM_MIXEDMAP")
    void t05(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        assertThat(v.insert(0, m.pageWithoutReference())).isEqualTo("-EINVAL");
        assertThat(v.has(VmFlags.MIXEDMAP)).isEqualTo(m.in(false, false, true));
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T06 anonymous, slab and typed pages")
    void t06(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Mapping anon = m.map(VmaShape.ANON);
        anon.store(0, 7);
        Page anonymous = anon.page(0);
        List<Page> pages = List.of(anonymous, m.page(PageKind.SLAB), m.page(PageKind.TYPED));
        assertThat(pages).allSatisfy(page -> assertThat(v.insert(0, page)).isEqualTo("-EINVAL"));
        assertThat(v.state(0)).isEqualTo("-, ANON+1");
        assertThat(m.counts(anonymous)).isEqualTo("ref 1 map 1 exclusive");
    }

    @EachSeries
    @DisplayName("T07 a shmem page counts as shmem")
    void t07(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        assertThat(v.insert(0, m.page(PageKind.SHMEM))).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, SHMEM+1");
    }

    @EachSeries
    @DisplayName("T08 VM_MIXEDMAP cannot be set under mmap_lock for reading")
    void t08(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page a = m.page();
        assertThatThrownBy(() -> v.insertUnderReadLock(0, a))
                .isInstanceOf(Bug.class)
                .extracting(bug -> ((Bug) bug).function())
                .isEqualTo("vm_insert_page");
        assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T09 VM_PFNMAP")
    void t09(VectorMachine m) {
        Mapping v = m.map(VmaShape.PFN);
        Page a = m.page();
        assertThatThrownBy(() -> v.insert(0, a))
                .isInstanceOf(Bug.class)
                .extracting(bug -> ((Bug) bug).function())
                .isEqualTo("vm_insert_page");
        assertThatThrownBy(() -> v.insertPages(0, List.of(a)))
                .isInstanceOf(Bug.class)
                .extracting(bug -> ((Bug) bug).function())
                .isEqualTo("vm_insert_pages");
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T10 with VM_MIXEDMAP set at mmap, mmap_lock for reading is enough")
    void t10(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
        assertThat(v.insertUnderReadLock(0, m.page())).isEqualTo("0");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+1");
    }

    // [. x 20]  ->  [A x 10, . x 10]    page 10 has no reference
    @EachSeries
    @DisplayName("T22 a batch fails at page 10: ten stay mapped")
    void t22(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        List<Page> pages = new ArrayList<>(m.pages(20));
        pages.set(10, m.pageWithoutReference());
        assertThat(v.insertPages(0, pages)).isEqualTo("-EINVAL num 10");
        assertThat(v.state(9)).isEqualTo("Na, ref 2 map 1, FILE+10");
        assertThat(v.state(10)).isEqualTo("-, FILE+10");
        assertThat(v.mapped()).isEqualTo(10);
        assertThat(v.page(9)).isSameAs(pages.get(9));
    }

    // [. . . B .]  ->  [0 1 2 B .]
    @EachSeries
    @DisplayName("T23 a batch meets a busy entry")
    void t23(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        Page busy = m.page();
        v.insert(3, busy);
        List<Page> pages = m.pages(20);
        assertThat(v.insertPages(0, pages)).isEqualTo("-EBUSY num 17");
        List<Page> named = new ArrayList<>(pages.subList(0, 4));
        named.add(busy);
        assertThat(v.strip(5, "0123B", named)).isEqualTo("[0 1 2 B .]");
        assertThat(v.rss()).isEqualTo("FILE+4");
        assertThat(m.counts(pages.get(3))).isEqualTo(UNUSED);
        assertThat(m.counts(busy)).isEqualTo("ref 2 map 1");
    }

    @EachSeries
    @DisplayName("T24 a batch across a page table: the PTL is held for 4, then 8, 8")
    void t24(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        List<Page> pages = m.pages(20);
        m.recorder().forgetLocks();
        assertThat(v.insertPages(12, pages)).isEqualTo("0 num 0");
        assertThat(m.recorder().storesPerPtl()).containsExactly(4, 8, 8);
        assertThat(v.mapped()).isEqualTo(20);
        assertThat(v.state(12)).isEqualTo("Na, ref 2 map 1, FILE+20");
        assertThat(v.page(31)).isSameAs(pages.get(19));
    }

    @EachSeries
    @DisplayName("T25 a batch longer than the VMA does nothing")
    void t25(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        assertThat(v.insertPages(0, m.pages(33))).isEqualTo("-EFAULT num 33");
        assertThat(v.mapped()).isZero();
        assertThat(v.rss()).isEqualTo("=");
        assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
    }

    @EachSeries
    @DisplayName("T28 no memory for the second page table")
    void t28(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        List<Page> pages = m.pages(20);
        int upperThenFirstThenSecond = 3;
        m.platform().memory().failAllocation(upperThenFirstThenSecond);
        assertThat(v.insertPages(0, pages)).isEqualTo("-ENOMEM num 4");
        assertThat(v.mapped()).isEqualTo(16);
        assertThat(v.rss()).isEqualTo("FILE+16");
    }

    @EachSeries
    @DisplayName("T29 no memory for the upper level: -EFAULT, not -ENOMEM")
    void t29(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        List<Page> pages = m.pages(20);
        m.platform().memory().failAllocation(1);
        assertThat(v.insertPages(0, pages)).isEqualTo("-EFAULT num 20");
        assertThat(v.mapped()).isZero();
        assertThat(v.rss()).isEqualTo("=");
    }
}
