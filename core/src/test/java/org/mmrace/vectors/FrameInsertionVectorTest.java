package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Bug;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** T30 to T49: {@code vm_map_pages()}, {@code vmf_insert_pfn()}, {@code vmf_insert_mixed()}, remap_pfn_range(). */
class FrameInsertionVectorTest {
    private static final long ZERO = Memory.ZERO_PFN;

    private static String mapPages(VectorMachine m, VmaShape shape, List<Page> pages) {
        VmaShape mapping = shape.insideMmap((task, vma) -> m.mm().mapPages().vmMapPages(task, vma, pages));
        return name(m.mmap(m.process(), mapping, m.file(AddressSpace.Kind.DEVICE, 8)));
    }

    @EachSeries
    @DisplayName("T30 vm_map_pages(): the offset is behind the pages")
    void t30(VectorMachine m) {
        assertThat(mapPages(m, VmaShape.RB.part(4, 5), m.pages(5))).isEqualTo("-ENXIO");
        assertThat(VectorMachine.rss(m.process())).isEqualTo("=");
    }

    @EachSeries
    @DisplayName("T31 vm_map_pages(): the VMA is longer than what is left")
    void t31(VectorMachine m) {
        assertThat(mapPages(m, VmaShape.RB.part(4, 2), m.pages(5))).isEqualTo("-ENXIO");
        assertThat(VectorMachine.rss(m.process())).isEqualTo("=");
    }

    // [A B S .]  vm_map_pages  ->  [A B . .]  mmap fails  ->  unmapped
    @EachSeries
    @DisplayName("T32 vm_map_pages(): the third page is a slab's; the failed mmap cleans up")
    void t32(VectorMachine m) {
        Page a = m.page();
        Page b = m.page();
        List<Page> pages = List.of(a, b, m.page(PageKind.SLAB), m.page());
        VmaShape shape = VmaShape.RB.part(4, 0).insideMmap((task, vma) -> {
            int error = m.mm().mapPages().vmMapPages(task, vma, pages);
            Mapping half = new Mapping(m, vma.mm(), vma.start(m.kernel()), 4);
            assertThat(half.strip(4, "AB", List.of(a, b))).isEqualTo("[A B . .]");
            assertThat(half.state(1)).isEqualTo("Na, ref 2 map 1, FILE+2");
            return error;
        });
        long result = m.mmap(m.process(), shape, m.file(AddressSpace.Kind.DEVICE, 4));
        assertThat(name(result)).isEqualTo("-EINVAL");
        assertThat(m.process().tree().all()).isEmpty();
        assertThat(VectorMachine.rss(m.process())).isEqualTo("=");
        assertThat(List.of(m.counts(a), m.counts(b))).containsOnly(UNUSED);
    }

    @EachSeries
    @DisplayName("T33 vm_map_pages_zero() ignores the offset")
    void t33(VectorMachine m) {
        List<Page> pages = m.pages(4);
        Mapping v = m.map(VmaShape.RB
                .part(4, 7)
                .insideMmap((task, vma) -> m.mm().mapPages().vmMapPagesZero(task, vma, pages)));
        assertThat(v.strip(4, "ABCD", pages)).isEqualTo("[A B C D]");
        assertThat(v.state(0)).isEqualTo("Na, ref 2 map 1, FILE+4");
    }

    @EachSeries
    @DisplayName("T34 vmf_insert_pfn() of a frame with a struct page in VM_MIXEDMAP")
    void t34(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
        long pfn = m.page().pfn();
        assertThatThrownBy(() -> v.insertPfn(0, pfn)).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> v.insertPfn(0, ZERO)).isInstanceOf(Bug.class);
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T35 vmf_insert_pfn() of device memory in VM_PFNMAP")
    void t35(VectorMachine m) {
        Mapping v = m.map(VmaShape.PFN);
        assertThat(v.insertPfn(0, m.platform().memory().devicePfn(0))).isEqualTo("NOPAGE");
        assertThat(v.state(0)).isEqualTo("Nsa, =");
    }

    @EachSeries
    @DisplayName("T36 vmf_insert_pfn() in a private VM_PFNMAP")
    void t36(VectorMachine m) {
        Mapping v = m.map(VmaShape.PRV.flags(VmFlags.PFNMAP | VmFlags.IO, 0));
        assertThatThrownBy(() -> v.insertPfn(0, m.platform().memory().devicePfn(0)))
                .isInstanceOf(Bug.class);
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T37, T38 a DAX hole is read once, and again")
    void t37t38(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.insertMixed(0, ZERO)).isEqualTo("NOPAGE");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.insertMixed(0, ZERO)).isEqualTo("NOPAGE");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.load(1)).isEqualTo(Outcome.DONE);
        assertThat(v.state(1)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(v.has(VmFlags.MIXEDMAP)).isFalse();
    }

    @EachSeries
    @DisplayName("T39 vmf_insert_mixed(Z) in a shared writable mapping")
    void t39(VectorMachine m) {
        Mapping v = m.map(VmaShape.SHW.flags(VmFlags.MIXEDMAP, 0));
        assertThat(v.insertMixed(0, ZERO)).isEqualTo(m.in("NOPAGE", "SIGBUS"));
        assertThat(v.state(0)).isEqualTo(m.in("Zswa, ref 1 map 0, =", "-, ="));
    }

    @EachSeries
    @DisplayName("T40 vmf_insert_mixed_mkwrite(Z) into an empty entry")
    void t40(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        assertThat(v.insertMixedMkwrite(0, ZERO)).isEqualTo(m.in("NOPAGE", "SIGBUS"));
        assertThat(v.state(0)).isEqualTo(m.in("Zswda, ref 1 map 0, =", "-, ="));
    }

    @EachSeries
    @DisplayName("T41 vmf_insert_mixed_mkwrite(Z) where Z is mapped")
    void t41(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        v.insertMixed(0, ZERO);
        assertThat(v.insertMixedMkwrite(0, ZERO)).isEqualTo(m.in("NOPAGE", "SIGBUS"));
        assertThat(v.state(0)).isEqualTo(m.in("Zswda, ref 1 map 0, =", "Zsa, ref 1 map 0, ="));
    }

    @EachSeries
    @DisplayName("T42 vmf_insert_mixed() of an ordinary page without VM_MIXEDMAP")
    void t42(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        long pfn = m.page().pfn();
        if (m.is(Series.BEFORE)) {
            assertThatThrownBy(() -> v.insertMixed(0, pfn))
                    .isInstanceOf(Bug.class)
                    .extracting(bug -> ((Bug) bug).function())
                    .isEqualTo("__vm_insert_mixed");
        } else {
            assertThat(v.insertMixed(0, pfn)).isEqualTo("SIGBUS");
        }
        assertThat(v.state(0)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T43 vmf_insert_mixed_mkwrite(P) where Z is mapped: nothing, and no warning")
    void t43(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        v.insertMixed(0, ZERO);
        assertThat(v.insertMixedMkwrite(0, m.page(PageKind.DEVMAP).pfn())).isEqualTo("NOPAGE");
        assertThat(v.state(0)).isEqualTo("Zsa, ref 1 map 0, =");
        assertThat(m.warnings()).isEmpty();
    }

    @EachSeries
    @DisplayName("T44 vmf_insert_mixed_mkwrite(P) where Q is mapped: nothing, and a warning")
    void t44(VectorMachine m) {
        Mapping v = m.map(VmaShape.DAXS);
        Page q = m.page(PageKind.DEVMAP);
        v.insertMixed(0, q.pfn());
        assertThat(v.insertMixedMkwrite(0, m.page(PageKind.DEVMAP).pfn())).isEqualTo("NOPAGE");
        assertThat(v.page(0)).isSameAs(q);
        assertThat(v.state(0)).isEqualTo("Nsam, ref 1 map 0, =");
        assertThat(m.warnings()).containsExactly("insert_pfn");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("T45 no special PTEs: a DAX hole is counted when mapped, and not when unmapped")
    void t45(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.pteSpecial(false))) {
            Mapping v = m.map(VmaShape.DAXS);
            assertThat(v.load(0)).isEqualTo(Outcome.DONE);
            assertThat(v.state(0)).isEqualTo(m.in("Za, ref 2 map 1, FILE+1", "Za, ref 1 map 0, ="));
            assertThat(v.munmap()).isEqualTo("0");
            assertThat(m.counts(m.zeropage())).isEqualTo(m.in("ref 2 map 1", UNUSED));
            assertThat(v.rss()).isEqualTo(m.in("FILE+1", "="));
            m.leaves(m.in("ref 2 map 1", UNUSED), m.in("FILE+1", "="));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("T46 no special PTEs, but VM_MIXEDMAP as virtiofs sets it: balanced")
    void t46(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.pteSpecial(false))) {
            Mapping v = m.map(VmaShape.DAXV);
            assertThat(v.load(0)).isEqualTo(Outcome.DONE);
            assertThat(v.state(0)).isEqualTo(m.in("Za, ref 2 map 1, FILE+1", "Za, ref 1 map 0, ="));
            assertThat(v.munmap()).isEqualTo("0");
            assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
            assertThat(v.rss()).isEqualTo("=");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Series.class)
    @DisplayName("T47 no special PTEs: vmf_insert_mixed() of a page without references")
    void t47(Series series) {
        try (VectorMachine m = VectorMachine.of(series, draft -> draft.pteSpecial(false))) {
            Mapping v = m.map(VmaShape.RB.flags(VmFlags.MIXEDMAP, 0));
            Page freed = m.pageWithoutReference();
            assertThat(v.insertMixed(0, freed.pfn())).isEqualTo(m.in("NOPAGE", "NOPAGE", "SIGBUS"));
            assertThat(m.counts(freed)).isEqualTo(m.in("ref 1 map 1", "ref 1 map 1", "ref 0 map 0"));
            assertThat(v.rss()).isEqualTo(m.in("FILE+1", "FILE+1", "="));
        }
    }

    @EachSeries
    @DisplayName("T48 remap_pfn_range() fails at its second frame (79a61cc3fc04 came with 6.11)")
    void t48(VectorMachine m) {
        Mapping v = m.map(VmaShape.RB);
        long last = m.platform().memory().devicePfn(15);
        assertThat(v.remapPfnRange(0, last, 2)).isEqualTo("-EACCES");
        assertThat(v.state(0)).isEqualTo(m.in("Nsa, =", "Nsa, =", "-, ="));
        assertThat(v.state(1)).isEqualTo("-, =");
    }

    @EachSeries
    @DisplayName("T49 remap_pfn_range() of a part of a private VMA")
    void t49(VectorMachine m) {
        Mapping v = m.map(VmaShape.PRV);
        assertThat(v.remapPfnRange(0, m.platform().memory().devicePfn(0), 2)).isEqualTo("-EINVAL");
        assertThat(v.state(0)).isEqualTo("-, =");
        assertThat(v.has(VmFlags.PFNMAP)).isFalse();
    }
}
