package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.START;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I29 of tables that are taken away while somebody uses them. */
class TableCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final Vma vma = f.vma(CheckFixture.PRIVATE, null);
    private final PageTable table = f.table();
    private final PageTable pmd = Objects.requireNonNull(f.platform.tables().pmdOffset(f.mm, START));
    private final GupWalk walk = GupWalk.at(f.mm, pmd, table, 0);

    private void detach() {
        f.platform.tables().pmdClear(pmd, table, START);
    }

    private void left(boolean grabbed, long detachments) {
        f.monitors.tableLeft(f.task, walk, detachments, grabbed);
    }

    @Test
    void i29FreedUnderAWalkerFires() {
        assertThat(f.broken(() -> left(false, 0))).isEmpty();
        table.freed().set(1);
        assertThat(f.broken(() -> left(false, 0))).containsExactly(Invariant.I29);
    }

    @Test
    void i29FreedAndGivenOutAgainFires() {
        table.lives().add(1);
        assertThat(f.broken(() -> left(false, 0))).containsExactly(Invariant.I29);
    }

    @Test
    void i29GrabThroughDetachedTableFires() {
        detach();
        long seen = table.detachments().get();
        assertThat(f.broken(() -> left(false, seen))).isEmpty();
        assertThat(f.broken(() -> left(true, seen))).containsExactly(Invariant.I29);
    }

    @Test
    void i29DetachedAfterTheGrabIsLegal() {
        long seen = table.detachments().get();
        detach();
        assertThat(f.broken(() -> left(true, seen))).isEmpty();
    }

    @Test
    void i29PutBackBetweenTheLooksIsLegal() {
        detach();
        long seen = table.detachments().get();
        f.platform.tables().pmdPopulate(pmd, table, START);
        assertThat(f.broken(() -> left(true, seen))).isEmpty();
        assertThat(table.isDetached()).isFalse();
    }

    @Test
    void i29GivenUpUnderAWalkerFires() {
        pmd.handedOn().set(f.newMm().id());
        assertThat(f.broken(() -> left(true, 0))).isEmpty();
        pmd.handedOn().set(f.mm.id());
        assertThat(f.broken(() -> left(true, 0))).containsExactly(Invariant.I29);
    }

    @Test
    void i29StoreToDetachedTableFiresAndClearingIsLegal() {
        Page page = f.page(PageKind.ANON);
        f.install(vma, Pte.make(page.pfn(), RO), true);
        detach();
        f.kernel.downRead(f.task, f.mm.mmapLock());
        f.kernel.spinLock(f.task, table.ptl());
        assertThat(f.broken(() -> f.platform.tables().ptepGetAndClear(f.task, vma, table, START)))
                .isEmpty();
        assertThat(f.broken(
                        () -> f.platform.tables().install(f.task, vma, table, START, Pte.make(page.pfn(), RO), true)))
                .containsExactly(Invariant.I29);
        f.kernel.spinUnlock(f.task, table.ptl());
        f.kernel.upRead(f.task, f.mm.mmapLock());
    }
}
