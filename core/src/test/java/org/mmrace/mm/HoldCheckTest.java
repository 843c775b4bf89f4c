package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.PRIVATE;
import static org.mmrace.mm.CheckFixture.SHARED;
import static org.mmrace.mm.CheckFixture.START;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I16, I20, I22, I23: what happens to a page between GUP and its release. */
class HoldCheckTest {
    private static final int READ_LONGTERM = GupFlags.PIN | GupFlags.LONGTERM;

    private final CheckFixture f = new CheckFixture();
    private final Mm child = f.newMm();
    private final Vma vma = f.detachedVma(PRIVATE, null);
    private final Page page = f.page(PageKind.ANON);

    HoldCheckTest() {
        f.platform.folios().set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        f.mapcount(page, 1);
    }

    private void returned(Mm mm, int flags) {
        assertThat(f.broken(() -> f.monitors.gupReturns(f.task, mm, null, START, flags, page)))
                .isEmpty();
    }

    private void released(int flags) {
        f.monitors.gupReleases(f.task, page, flags);
    }

    private void exclusiveLost() {
        f.monitors.exclusiveChanged(f.task, page, false);
    }

    private List<Invariant> replacedIn(Vma where) {
        return f.broken(() -> f.monitors.frameReplaced(f.task, where, START, page.pfn()));
    }

    private List<Invariant> storedThrough(Mm mm) {
        return f.broken(() -> f.monitors.userStore(f.task, mm, START, page.pfn()));
    }

    @Test
    void i20PinnedPageIsSharedFires() {
        returned(f.mm, GupFlags.PIN);
        assertThat(f.broken(this::exclusiveLost)).containsExactly(Invariant.I20);
        released(GupFlags.PIN);
        assertThat(f.broken(this::exclusiveLost)).isEmpty();
    }

    @Test
    void i20SharingAPageThatWasOnlyGotIsLegal() {
        returned(f.mm, GupFlags.GET);
        assertThat(f.broken(this::exclusiveLost)).isEmpty();
    }

    @Test
    void i20PinnedPageIsReplacedFires() {
        returned(f.mm, GupFlags.PIN | GupFlags.WRITE);
        assertThat(replacedIn(vma)).containsExactly(Invariant.I20);
        released(GupFlags.PIN | GupFlags.WRITE);
        assertThat(replacedIn(vma)).isEmpty();
    }

    @Test
    void i20AnotherProcessMayCopyThePage() {
        returned(child, GupFlags.PIN);
        assertThat(replacedIn(vma)).isEmpty();
    }

    @Test
    void i22LongtermReadPinIsReplacedFires() {
        returned(f.mm, READ_LONGTERM);
        assertThat(replacedIn(vma)).containsExactly(Invariant.I22);
        released(READ_LONGTERM);
        assertThat(replacedIn(vma)).isEmpty();
    }

    @Test
    void i22GotPageIsReplacedIsLegal() {
        returned(f.mm, GupFlags.GET);
        assertThat(replacedIn(vma)).isEmpty();
    }

    @Test
    void i22FilePageOfSharedMappingPromisesNothing() {
        Page file = f.page(PageKind.FILE);
        f.mapcount(file, 1);
        Vma shared = f.detachedVma(SHARED, null);
        f.monitors.gupReturns(f.task, f.mm, shared, START, READ_LONGTERM, file);
        assertThat(f.broken(() -> f.monitors.frameReplaced(f.task, vma, START, file.pfn())))
                .isEmpty();
    }

    @Test
    void i23StoreToAPageThatAnotherProcessHoldsFires() {
        returned(child, GupFlags.GET);
        assertThat(storedThrough(f.mm)).containsExactly(Invariant.I23);
        assertThat(storedThrough(child)).isEmpty();
        released(GupFlags.GET);
        assertThat(storedThrough(f.mm)).isEmpty();
    }

    @Test
    void i23StoreToAPageThatTheSameProcessHoldsIsLegal() {
        returned(f.mm, GupFlags.GET);
        assertThat(storedThrough(f.mm)).isEmpty();
    }

    @Test
    void i23WhoGaveBackIsUnknownSaysNothing() {
        returned(child, GupFlags.GET);
        returned(f.mm, GupFlags.GET);
        released(GupFlags.GET);
        assertThat(storedThrough(f.mm)).isEmpty();
    }

    @Test
    void i16HeldPageIsGivenOutAgainFires() {
        returned(f.mm, GupFlags.GET);
        assertThat(f.broken(() -> f.monitors.pageAllocated(f.task, page))).containsExactly(Invariant.I16);
        assertThat(f.broken(() -> f.monitors.pageAllocated(f.task, page))).isEmpty();
    }
}
