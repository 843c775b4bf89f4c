package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.START;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** I10, I11, I14 to I18: the life of a page. */
class PageLifeCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Folios folios = f.platform.folios();
    private final Vma vma = f.vma(CheckFixture.PRIVATE, null);
    private final Page page = f.page(PageKind.DRIVER);

    private void putOwner() {
        folios.put(f.task, page, RefKind.OWNER);
    }

    @Test
    void lastPutIsLegal() {
        assertThat(f.broken(this::putOwner)).isEmpty();
    }

    @Test
    void i10WrongKindOfPutFires() {
        assertThat(f.broken(() -> folios.put(f.task, page, RefKind.TRANSIENT))).containsExactly(Invariant.I10);
    }

    @Test
    void i10LastPutOfTheRightKindIsLegal() {
        folios.get(f.task, page, RefKind.TRANSIENT);
        folios.get(f.task, page, RefKind.GET);
        folios.addPin(f.task, page);
        assertThat(f.broken(() -> {
                    putOwner();
                    folios.unpin(f.task, page);
                    folios.put(f.task, page, RefKind.GET);
                    assertThat(page.freed().get()).isZero();
                    folios.put(f.task, page, RefKind.TRANSIENT);
                }))
                .isEmpty();
        assertThat(page.freed().get()).isEqualTo(1);
    }

    @Test
    void i11NegativeMapcountFires() {
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
        assertThat(f.broken(() -> f.mapcount(page, -1))).isEmpty();
        assertThat(f.broken(() -> f.mapcount(page, -1))).containsExactly(Invariant.I11);
    }

    @Test
    void i11FreeingMappedFires() {
        f.mapcount(page, 1);
        assertThat(f.broken(this::putOwner)).containsExactly(Invariant.I11);
    }

    @Test
    void i11FreeingAfterTheLastUnmapIsLegal() {
        assertThat(f.broken(() -> {
                    f.mapcount(page, 1);
                    f.mapcount(page, 1);
                    f.mapcount(page, -2);
                    putOwner();
                }))
                .isEmpty();
        assertThat(page.freed().get()).isEqualTo(1);
    }

    @Test
    void i14FreeingReachableFires() {
        f.install(vma, Pte.make(page.pfn(), RO | Pte.SPECIAL), false);
        assertThat(f.broken(this::putOwner)).containsExactly(Invariant.I14);
    }

    @Test
    void i14FreeingAfterClearIsLegal() {
        f.install(vma, Pte.make(page.pfn(), RO | Pte.SPECIAL), false);
        f.set(vma, Pte.NONE);
        assertThat(f.broken(this::putOwner)).isEmpty();
    }

    @Test
    void i14MappingFreePageFires() {
        putOwner();
        assertThat(f.broken(() -> f.install(vma, Pte.make(page.pfn(), RO | Pte.SPECIAL), false)))
                .containsExactly(Invariant.I14);
        assertThat(f.broken(() -> f.page(PageKind.DRIVER))).containsExactly(Invariant.I14);
    }

    @Test
    void i15FreeingCachedFires() {
        Tlb tlb = f.platform.tlbs().get(0);
        tlb.fill(f.mm, START, Pte.make(page.pfn(), RO));
        f.monitors.tlbFilled(f.task, page.pfn());
        assertThat(f.broken(this::putOwner)).containsExactly(Invariant.I15);
    }

    @Test
    void i15FreeingAfterFlushIsLegal() {
        Tlb tlb = f.platform.tlbs().get(0);
        tlb.fill(f.mm, START, Pte.make(page.pfn(), RO));
        f.monitors.tlbFilled(f.task, page.pfn());
        tlb.invalidate(f.mm, START, START + CheckFixture.PAGE);
        assertThat(f.broken(this::putOwner)).isEmpty();
    }

    @Test
    void i15StoreToFreePageFires() {
        f.kernel.localIrqSave(f.task);
        assertThat(f.broken(() -> f.monitors.userStore(f.task, f.mm, START, page.pfn())))
                .isEmpty();
        putOwner();
        assertThat(f.broken(() -> f.monitors.userStore(f.task, f.mm, START, page.pfn())))
                .containsExactly(Invariant.I15);
        f.kernel.localIrqRestore(f.task);
    }

    @Test
    void i16FreeingUnderGetsFires() {
        CheckFixture small = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.refLimit(4)));
        Page wrapping = small.page(PageKind.DRIVER);
        for (int i = 0; i < 8; i++) {
            small.platform.folios().get(small.task, wrapping, RefKind.GET);
        }
        assertThat(small.broken(() -> small.platform.folios().put(small.task, wrapping, RefKind.OWNER)))
                .contains(Invariant.I16);
    }

    @Test
    void i16FreeingUnderOneLostGetFires() {
        page.refs(RefKind.GET).add(1); // somebody holds it, and the count has forgotten
        assertThat(f.broken(this::putOwner)).contains(Invariant.I16);
    }

    @Test
    void i16FreeingAfterTheLastPutIsLegal() {
        f.platform.folios().get(f.task, page, RefKind.GET);
        f.platform.folios().put(f.task, page, RefKind.GET);
        assertThat(f.broken(this::putOwner)).isEmpty();
    }

    @Test
    void i17ZeroToOneFires() {
        putOwner();
        assertThat(f.broken(() -> folios.get(f.task, page, RefKind.GET))).containsExactly(Invariant.I17);
    }

    @Test
    void i17NegativeFires() {
        putOwner();
        assertThat(f.broken(() -> folios.put(f.task, page, RefKind.GET))).containsExactly(Invariant.I17);
    }

    @Test
    void i17WrapFires() {
        CheckFixture small = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.refLimit(4)));
        Page wrapping = small.page(PageKind.DRIVER);
        Runnable map = () -> small.platform.folios().get(small.task, wrapping, RefKind.MAP);
        assertThat(small.broken(map)).isEmpty();
        assertThat(small.broken(map)).isEmpty();
        assertThat(small.broken(map)).containsExactly(Invariant.I17);
    }

    @Test
    void i17TooManyGetsAreLegalUntilTheyPassZero() {
        CheckFixture small = new CheckFixture(KernelConfig.of(Series.AFTER).with(draft -> draft.refLimit(2)));
        Page wrapping = small.page(PageKind.DRIVER);
        Runnable get = () -> small.platform.folios().get(small.task, wrapping, RefKind.GET);
        Runnable put = () -> small.platform.folios().put(small.task, wrapping, RefKind.GET);
        assertThat(small.broken(get)).isEmpty(); // -2
        assertThat(small.broken(put)).isEmpty();
        assertThat(small.broken(get)).isEmpty();
        assertThat(small.broken(get)).isEmpty(); // -1
        assertThat(small.broken(get)).containsExactly(Invariant.I17);
    }

    @Test
    void i17FailedTryGetIsLegal() {
        putOwner();
        assertThat(f.broken(() -> folios.tryGet(f.task, page, RefKind.GET, 1))).isEmpty();
    }

    @Test
    void i18SecondMappingOfExclusiveFires() {
        folios.set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
        assertThat(f.broken(() -> f.mapcount(page, 1))).containsExactly(Invariant.I18);
        folios.clear(page, Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
    }

    @Test
    void i18SecondMappingOnceSharedIsLegal() {
        folios.set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
        folios.clear(page, Page.ANON_EXCLUSIVE);
        assertThat(f.broken(() -> f.mapcount(page, 1))).isEmpty();
        assertThat(f.broken(() -> f.mapcount(page, -1))).isEmpty();
        assertThat(f.broken(() -> f.monitors.exclusiveChanged(f.task, page, true)))
                .as("one entry is left, which may reuse it")
                .isEmpty();
    }

    @Test
    void i18SharedBecomesExclusiveFires() {
        f.mapcount(page, 1);
        assertThat(f.broken(() -> f.monitors.exclusiveChanged(f.task, page, true)))
                .isEmpty();
        f.mapcount(page, 1);
        assertThat(f.broken(() -> f.monitors.exclusiveChanged(f.task, page, false)))
                .isEmpty();
        assertThat(f.broken(() -> f.monitors.exclusiveChanged(f.task, page, true)))
                .containsExactly(Invariant.I18);
    }
}
