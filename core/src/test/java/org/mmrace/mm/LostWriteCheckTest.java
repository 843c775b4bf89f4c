package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RW;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I34: what was stored through a shared mapping of a file, and then never written. */
class LostWriteCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final AddressSpace file = f.file(AddressSpace.Kind.PAGE_CACHE);
    private final Vma vma = f.vma(CheckFixture.SHARED, CheckFixture.open(file));
    private final Page page = f.page(PageKind.FILE);

    @BeforeEach
    void mapAndStore() {
        f.kernel.rcuAssignPointer(page.mapping, file);
        f.map(vma, page, RW);
        f.monitors.userStore(f.task, f.mm, CheckFixture.START, page.pfn());
    }

    private List<Invariant> dropped() {
        return f.broken(() -> f.monitors.droppingClean(f.task, page));
    }

    @Test
    void i34DroppingAnUnsavedPageFires() {
        assertThat(dropped()).containsExactly(Invariant.I34);
        f.monitors.captured(f.task, page);
        assertThat(dropped()).isEmpty();
        f.monitors.userStore(f.task, f.mm, CheckFixture.START, page.pfn());
        assertThat(dropped()).containsExactly(Invariant.I34);
    }

    @Test
    void i34SharedMemoryIsNeverWritten() {
        Page shmem = f.page(PageKind.SHMEM);
        f.kernel.rcuAssignPointer(shmem.mapping, new AddressSpace(f.kernel, 2, AddressSpace.Kind.SHMEM, 8));
        f.monitors.userStore(f.task, f.mm, CheckFixture.START, shmem.pfn());
        assertThat(f.broken(() -> f.monitors.droppingClean(f.task, shmem))).isEmpty();
    }

    @Test
    void i34CleanAtRestFires() {
        assertThat(f.audited(file)).contains(Invariant.I34);
        f.platform.folios().set(page, Page.DIRTY);
        assertThat(f.audited(file)).doesNotContain(Invariant.I34);
    }

    @Test
    void i34DirtyEntryAtRestIsLegal() {
        f.set(vma, Pte.make(page.pfn(), RW | Pte.DIRTY));
        assertThat(f.audited(file)).doesNotContain(Invariant.I34);
    }

    @Test
    void i34BlockWithoutTagFires() {
        AddressSpace dax = new AddressSpace(f.kernel, 3, AddressSpace.Kind.FSDAX, 8);
        Page block = f.page(PageKind.DEVMAP);
        f.kernel.rcuAssignPointer(block.mapping, dax);
        f.monitors.captured(f.task, page);
        f.monitors.userStore(f.task, f.mm, CheckFixture.START, block.pfn());
        assertThat(f.audited(file, dax)).contains(Invariant.I34);
        f.kernel.writeOnce(dax.dirtyTags, 0, 1);
        assertThat(f.audited(file, dax)).doesNotContain(Invariant.I34);
    }

    @Test
    void i34DiscardingWhatSomebodyWritesFires() {
        assertThat(f.broken(() -> f.monitors.discarding(f.task, page, true))).isEmpty();
        assertThat(f.broken(() -> f.monitors.discarding(f.task, page, false))).containsExactly(Invariant.I34);
    }
}
