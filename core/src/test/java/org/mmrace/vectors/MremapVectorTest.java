package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.vectors.VectorMachine.UNUSED;
import static org.mmrace.vectors.VectorMachine.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Mremap.Flag;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.mmrace.vectors.Recorder.Moment;

/** T123, T124, the errors of section 8.2, and the faults of mremap. */
class MremapVectorTest {
    private static final long PAGE = Address.PAGE_SIZE;
    private static final long FAR = 2048 * PAGE;
    private static final Set<Flag> TO = Set.of(Flag.MAYMOVE, Flag.FIXED);

    private static long mremap(
            VectorMachine m, Mapping v, int from, int oldPages, int newPages, Set<Flag> flags, long to) {
        return m.mm().mremap().mremap(m.task(), v.mm(), v.addr(from), oldPages * PAGE, newPages * PAGE, flags, to);
    }

    private static Mapping at(VectorMachine m, long start, int pages) {
        return new Mapping(m, m.process(), start, pages);
    }

    @EachSeries
    @DisplayName("T123 move of {A, Z}: [A Z] -> [. .], elsewhere [A Z]; nothing is counted twice")
    void t123(VectorMachine m) {
        Page a = m.page();
        Mapping v = m.map(VmaShape.RB.part(2, 0));
        assertThat(v.insert(0, a)).isEqualTo("0");
        assertThat(v.insert(1, m.zeropage())).isEqualTo(m.in("0", "-EINVAL", "0"));
        String counts = m.counts(m.zeropage());
        String rss = v.rss();

        assertThat(mremap(m, v, 0, 2, 2, TO, FAR)).isEqualTo(FAR);

        Mapping moved = at(m, FAR, 2);
        assertThat(v.find()).isNull();
        assertThat(moved.strip(2, "A", List.of(a))).isEqualTo(m.in("[A Z]", "[A .]", "[A Z]"));
        assertThat(moved.pte(1)).isEqualTo(m.in("Za", "-", "Zsa"));
        assertThat(moved.state(0)).isEqualTo("Na, ref 2 map 1, " + rss);
        assertThat(m.counts(m.zeropage())).isEqualTo(counts);
    }

    @EachSeries
    @DisplayName("T124 a VM_DONTEXPAND or VM_PFNMAP mapping does not grow")
    void t124(VectorMachine m) {
        Mapping ring = m.map(VmaShape.RB.flags(VmFlags.DONTEXPAND, 0).part(4, 0));
        assertThat(name(mremap(m, ring, 0, 4, 5, Set.of(Flag.MAYMOVE), 0))).isEqualTo("-EFAULT");
        Mapping pfn = m.map(VmaShape.PFN.part(4, 0));
        assertThat(name(mremap(m, pfn, 0, 4, 5, Set.of(Flag.MAYMOVE), 0))).isEqualTo("-EFAULT");
    }

    @EachSeries
    @DisplayName("8.2 errors")
    void errors(VectorMachine m) {
        Mapping pfn = m.map(VmaShape.PFN.part(4, 0));
        Mapping v = m.map(VmaShape.ANON.part(4, 0));
        Set<Flag> keep = Set.of(Flag.MAYMOVE, Flag.DONTUNMAP);
        assertThat(name(mremap(m, pfn, 0, 4, 4, keep, 0))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, v, 0, 4, 5, keep, 0))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, v, 0, 5, 6, Set.of(Flag.MAYMOVE), 0))).isEqualTo("-EFAULT");
        assertThat(name(mremap(m, v, 0, 4, 4, Set.of(Flag.FIXED), FAR))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, v, 0, 4, 4, TO, v.addr(2)))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, v, 0, 4, 4, TO, FAR + 1))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, v, 0, 0, 4, Set.of(Flag.MAYMOVE), 0))).isEqualTo("-EINVAL");
        assertThat(name(mremap(m, at(m, FAR, 1), 0, 1, 1, Set.of(), 0))).isEqualTo("-EFAULT");
    }

    @EachSeries
    @DisplayName("shrinking unmaps the end, growing needs room or MAYMOVE, and keeps what is there")
    void shrinkAndGrow(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(4, 0));
        v.store(0, 7);
        v.store(3, 8);
        assertThat(mremap(m, v, 0, 4, 2, Set.of(), 0)).isEqualTo(v.addr(0));
        assertThat(v.state(3)).isEqualTo("-, ANON+1");
        assertThat(mremap(m, v, 0, 2, 3, Set.of(), 0)).isEqualTo(v.addr(0));
        Mapping behind = m.map(VmaShape.RB.part(1, 0));
        assertThat(behind.addr(0)).isEqualTo(v.addr(3));
        assertThat(name(mremap(m, v, 0, 3, 6, Set.of(), 0))).isEqualTo("-ENOMEM");
        long moved = mremap(m, v, 0, 3, 6, Set.of(Flag.MAYMOVE), 0);
        Mapping there = at(m, moved, 6);
        assertThat(there.value(0)).isEqualTo(7);
        assertThat(there.value(5)).isZero();
        assertThat(v.find()).isNull();
    }

    @EachSeries
    @DisplayName("a whole table moves at once: [A . . B] of 16 entries, and its neighbours stay")
    void wholeTable(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(48, 0));
        assertThat(v.addr(0) % (16 * PAGE)).isZero();
        for (int i : new int[] {15, 16, 31, 32}) {
            v.store(i, i);
        }
        long before = m.platform().tables().live();
        assertThat(mremap(m, v, 16, 16, 16, TO, FAR)).isEqualTo(FAR);
        Mapping moved = at(m, FAR, 16);
        assertThat(moved.value(0)).isEqualTo(16);
        assertThat(moved.value(15)).isEqualTo(31);
        assertThat(v.value(15)).isEqualTo(15);
        assertThat(v.value(32)).isEqualTo(32);
        assertThat(v.rss()).isEqualTo("ANON+4");
        assertThat(m.platform().tables().live()).isEqualTo(before + 1);
    }

    @EachSeries
    @DisplayName("within one table, and out of memory half way: everything is back where it was")
    void sameTableAndNoMemory(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(20, 0));
        v.store(0, 7);
        v.store(19, 8);
        assertThat(mremap(m, v, 0, 2, 2, TO, v.addr(24))).isEqualTo(v.addr(24));
        assertThat(at(m, v.addr(24), 2).value(0)).isEqualTo(7);
        Mapping rest = at(m, v.addr(2), 18);
        rest.store(0, 9);
        m.platform().memory().failAllocation(3);
        assertThat(name(mremap(m, rest, 0, 18, 18, TO, FAR + 3 * PAGE))).isEqualTo("-ENOMEM");
        assertThat(rest.value(0)).isEqualTo(9);
        assertThat(rest.value(17)).isEqualTo(8);
        assertThat(at(m, FAR, 1).find()).isNull();
    }

    @EachSeries
    @DisplayName("MREMAP_DONTUNMAP leaves an empty mapping behind")
    void dontunmap(VectorMachine m) {
        Mapping v = m.map(VmaShape.ANON.part(2, 0));
        v.store(0, 7);
        long moved = mremap(m, v, 0, 2, 2, Set.of(Flag.MAYMOVE, Flag.DONTUNMAP), 0);
        assertThat(at(m, moved, 2).value(0)).isEqualTo(7);
        assertThat(v.state(0)).isEqualTo("-, ANON+1");
        assertThat(v.value(0)).isZero();
        assertThat(m.counts(m.zeropage())).isEqualTo(UNUSED);
    }

    // mremap moves the entry, and has not flushed yet
    //         ftruncate finds it at the new address, and frees the page
    // a thread still reads the freed page at the old address
    @ParameterizedTest(name = "on: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("B41 the page is freed while the old address is still in a TLB")
    void b41(boolean on) {
        try (VectorMachine m = FaultTest.machine(Fault.B41, on)) {
            AddressSpace file = m.file(AddressSpace.Kind.SHMEM, 2);
            Mapping v = m.map(
                    m.process(),
                    VmaShape.file(AddressSpace.Kind.SHMEM, true, VmFlags.READ | VmFlags.WRITE)
                            .part(2, 0),
                    file);
            v.store(0, 7);
            Page page = v.page(0);
            Task other = m.otherTask();
            List<Boolean> freedAndCached = new ArrayList<>();
            Runnable truncate = () -> {
                m.mm().files().truncate(other, m.machine().open(file, true), 0);
                freedAndCached.add(
                        page.freed().get() != 0 && m.platform().tlbs().get(0).mapsFrame(page.pfn()));
            };
            m.recorder().interrupt(Moment.AFTER_PTL, () -> m.recorder().interrupt(Moment.AFTER_PTL, truncate));

            assertThat(mremap(m, v, 0, 2, 2, TO, FAR)).isEqualTo(FAR);

            assertThat(freedAndCached).containsExactly(on);
            assertThat(m.platform().tlbs().get(0).mapsFrame(page.pfn())).isFalse();
        }
    }
}
