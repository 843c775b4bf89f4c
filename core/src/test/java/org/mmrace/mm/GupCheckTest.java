package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PRIVATE;
import static org.mmrace.mm.CheckFixture.SHARED;
import static org.mmrace.mm.CheckFixture.START;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I03, I05, I16, I20, I21, I22, I24, I34: what GUP returns. */
class GupCheckTest {
    private static final int LONGTERM = GupFlags.PIN | GupFlags.LONGTERM;

    private final CheckFixture f = new CheckFixture();
    private final Folios folios = f.platform.folios();
    private final Page page = f.page(PageKind.FILE);

    GupCheckTest() {
        f.mapcount(page, 1);
    }

    private List<Invariant> returns(@Nullable Vma vma, int flags, Page returned) {
        return f.broken(() -> f.monitors.gupReturns(f.task, f.mm, vma, START, flags, returned));
    }

    private Vma vma(long flags) {
        return f.detachedVma(flags, null);
    }

    private Vma vma(long flags, AddressSpace.Kind kind) {
        return f.detachedVma(flags, CheckFixture.open(f.file(kind)));
    }

    private Page anon(boolean exclusive) {
        folios.set(page, exclusive ? Page.ANON | Page.ANON_EXCLUSIVE : Page.ANON);
        return page;
    }

    @Test
    void i16GrabOfAPageThatWasGivenOutAgainFires() {
        long before = page.lives().get() - 1;
        assertThat(f.broken(() -> f.monitors.gupFastGrabbed(f.task, f.mm, 0, page, before, false)))
                .containsExactly(Invariant.I16);
        assertThat(f.broken(() -> f.monitors.gupFastGrabbed(f.task, f.mm, 0, page, before, true)))
                .isEmpty();
    }

    @Test
    void i03ZeropageForWritingFires() {
        assertThat(returns(vma(SHARED), GupFlags.GET | GupFlags.WRITE, f.zero)).containsExactly(Invariant.I03);
        assertThat(returns(vma(SHARED), GupFlags.GET, f.zero)).isEmpty();
    }

    @Test
    void i05FastZeropageFires() {
        assertThat(returns(null, GupFlags.GET, f.zero)).containsExactly(Invariant.I05);
    }

    @Test
    void i16FreePageFires() {
        assertThat(returns(null, GupFlags.GET, page)).isEmpty();
        page.freed().set(1);
        assertThat(returns(null, GupFlags.GET, page)).containsExactly(Invariant.I16);
    }

    @Test
    void i16ReusedPageFires() {
        Page reused = f.page(PageKind.FILE);
        assertThat(returns(null, GupFlags.GET, reused)).containsExactly(Invariant.I16);
        f.mapcount(reused, 1);
        f.mapcount(reused, -1);
        assertThat(returns(null, GupFlags.GET, reused)).isEmpty();
    }

    @Test
    void i16WithoutReferenceSaysNothing() {
        page.freed().set(1);
        assertThat(returns(vma(SHARED), GupFlags.TOUCH, page)).isEmpty();
    }

    @Test
    void i20SharedPinFires() {
        assertThat(returns(null, GupFlags.PIN, anon(false))).containsExactly(Invariant.I20);
        assertThat(returns(null, GupFlags.GET, anon(false))).isEmpty();
        assertThat(returns(null, GupFlags.PIN, anon(true))).isEmpty();
    }

    @Test
    void i21ZeropageOfCowFires() {
        assertThat(returns(vma(PRIVATE), LONGTERM, f.zero)).containsExactly(Invariant.I21);
        assertThat(returns(vma(PRIVATE), GupFlags.PIN, f.zero)).isEmpty();
        assertThat(returns(vma(CheckFixture.NEVER_WRITABLE), LONGTERM, f.zero)).isEmpty();
        assertThat(returns(null, LONGTERM, f.zero)).containsExactly(Invariant.I21);
    }

    @Test
    void i21LongtermPinOfTheZeropageThatNobodyReplacesIsLegal() {
        assertThat(returns(vma(CheckFixture.NEVER_WRITABLE), LONGTERM, f.zero)).isEmpty();
    }

    @Test
    void i21LongtermPinOfAnExclusivePageOfCowIsLegal() {
        assertThat(returns(vma(PRIVATE), LONGTERM, anon(true))).isEmpty();
        assertThat(returns(null, LONGTERM, anon(true))).isEmpty();
    }

    @Test
    void i21FsdaxFires() {
        Vma dax = vma(SHARED & ~VmFlags.WRITE, AddressSpace.Kind.FSDAX);
        assertThat(returns(dax, LONGTERM, f.zero)).containsExactly(Invariant.I21);
        assertThat(returns(dax, LONGTERM, page)).containsExactly(Invariant.I21);
        assertThat(returns(dax, GupFlags.PIN, page)).isEmpty();
    }

    @Test
    void i21FastFsdaxFires() {
        Page dax = f.page(PageKind.DEVMAP);
        assertThat(returns(null, LONGTERM, dax)).containsExactly(Invariant.I21);
        assertThat(returns(null, GupFlags.PIN, dax)).isEmpty();
    }

    @Test
    void i21VmIoFires() {
        assertThat(returns(vma(SHARED | VmFlags.IO), LONGTERM, page)).containsExactly(Invariant.I21);
        assertThat(returns(vma(SHARED | VmFlags.PFNMAP), LONGTERM, page)).containsExactly(Invariant.I21);
        assertThat(returns(vma(SHARED | VmFlags.MIXEDMAP), LONGTERM, page)).isEmpty();
    }

    @Test
    void i22FilePageOfCowFires() {
        assertThat(returns(vma(PRIVATE), LONGTERM, page)).containsExactly(Invariant.I22);
        assertThat(returns(vma(SHARED), LONGTERM, page)).isEmpty();
        assertThat(returns(vma(PRIVATE), GupFlags.PIN, page)).isEmpty();
        assertThat(returns(vma(PRIVATE), LONGTERM, anon(true))).isEmpty();
    }

    @Test
    void i22ExclusivePageOfCowAndFilePageOfSharedAreLegal() {
        assertThat(returns(vma(SHARED), LONGTERM, page)).isEmpty();
        assertThat(returns(vma(PRIVATE), LONGTERM, anon(true))).isEmpty();
    }

    @Test
    void i24FilePageOfPrivateMappingForWritingFires() {
        int write = GupFlags.GET | GupFlags.WRITE;
        assertThat(returns(vma(PRIVATE), write, page)).containsExactly(Invariant.I24);
        assertThat(returns(vma(PRIVATE), write, anon(true))).isEmpty();
    }

    @Test
    void i24ForcedWriteOfSharedFires() {
        int write = GupFlags.GET | GupFlags.WRITE | GupFlags.FORCE;
        assertThat(returns(vma(SHARED & ~VmFlags.WRITE), write, page)).containsExactly(Invariant.I24);
        assertThat(returns(vma(SHARED), write, page)).isEmpty();
        assertThat(returns(vma(PRIVATE & ~VmFlags.WRITE), write, anon(true))).isEmpty();
    }

    @Test
    void i34LongtermWriteOfTrackedFileFires() {
        int write = LONGTERM | GupFlags.WRITE;
        assertThat(returns(vma(SHARED, AddressSpace.Kind.PAGE_CACHE), write, page))
                .containsExactly(Invariant.I34);
        assertThat(returns(vma(SHARED, AddressSpace.Kind.SHMEM), write, page)).isEmpty();
        assertThat(returns(vma(SHARED, AddressSpace.Kind.PAGE_CACHE), GupFlags.PIN | GupFlags.WRITE, page))
                .isEmpty();
    }

    @Test
    void i34FastLongtermWriteOfFileFires() {
        int write = LONGTERM | GupFlags.WRITE;
        Page shmem = f.page(PageKind.SHMEM);
        f.mapcount(shmem, 1);
        assertThat(returns(null, write, page)).containsExactly(Invariant.I34);
        assertThat(returns(null, write, shmem)).isEmpty();
        assertThat(returns(null, GupFlags.PIN | GupFlags.WRITE, page)).isEmpty();
    }
}
