package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** The reverse map of small folios: mapcounts and the exclusive mark (include/linux/rmap.h, mm/rmap.c). PTL held. */
public final class Rmap {
    private final Platform platform;
    private final Kernel kernel;
    private final Folios folios;

    Rmap(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.folios = platform.folios;
    }

    /** {@code __folio_rmap_sanity_checks()}: since the series, the zeropage must not get here. */
    private void sanityChecks(Task task, Page page) {
        Warn.on(
                Memory.isZero(page) && platform.config.warnsOfZeropage(),
                kernel,
                task,
                "__folio_rmap_sanity_checks",
                "the zeropage is not rmapped");
    }

    private void addMapcount(Task task, Page page, long delta) {
        platform.monitor.mapcountChanged(task, page, kernel.addReturn(page.mapcount, delta));
    }

    /** {@code folio_add_file_rmap_pte()}. */
    void addFileRmap(Task task, Page page) {
        sanityChecks(task, page);
        addMapcount(task, page, 1);
    }

    /** {@code folio_dup_file_rmap_pte()}: at fork. */
    void dupFileRmap(Task task, Page page) {
        sanityChecks(task, page);
        addMapcount(task, page, 1);
    }

    /** {@code folio_add_new_anon_rmap()}: the page is not visible yet; exclusive. */
    void addNewAnonRmap(Task task, Page page) {
        folios.set(page, Page.ANON | Page.ANON_EXCLUSIVE);
        platform.monitor.exclusiveChanged(task, page, true);
        addMapcount(task, page, 1);
    }

    /** {@code folio_add_new_anon_rmap()} with {@code __folio_set_anon()}: where the reverse map finds it. */
    void addNewAnonRmap(Task task, Page page, Vma vma, long addr) {
        kernel.rcuAssignPointer(page.anonVma, vma.mm().anonVma);
        kernel.writePlain(page.index, vma.pgoffOf(kernel, addr));
        addNewAnonRmap(task, page);
    }

    /**
     * {@code folio_try_dup_anon_rmap_pte()}: false if the page is exclusive and may be pinned; else shared from now on.
     */
    boolean tryDupAnonRmap(Task task, Page page, boolean needsCopyIfPinned) {
        sanityChecks(task, page);
        if (folios.isAnonExclusive(page)) {
            if (needsCopyIfPinned && folios.maybeDmaPinned(page)) {
                return false;
            }
            folios.clear(page, Page.ANON_EXCLUSIVE);
            platform.monitor.exclusiveChanged(task, page, false);
        }
        if (platform.config.has(Fault.B24)) {
            addMapcount(task, page, -1); // as a split moves it from the head page to its tail: out here, in there
            addMapcount(task, page, 2);
        } else {
            addMapcount(task, page, 1);
        }
        return true;
    }

    /**
     * {@code folio_try_share_anon_rmap_pte()}: false if the page may be pinned, else it is no longer exclusive. Its
     * entry has been cleared, so that GUP-fast cannot pin it after the check.
     */
    boolean tryShareAnonRmap(Task task, Page page) {
        sanityChecks(task, page);
        kernel.smpMb();
        if (folios.maybeDmaPinned(page)) {
            return false;
        }
        folios.clear(page, Page.ANON_EXCLUSIVE);
        platform.monitor.exclusiveChanged(task, page, false);
        return true;
    }

    /** {@code SetPageAnonExclusive()} after a reuse decision. */
    void setExclusive(Task task, Page page) {
        folios.set(page, Page.ANON_EXCLUSIVE);
        platform.monitor.exclusiveChanged(task, page, true);
    }

    /** {@code folio_remove_rmap_pte()}. */
    void removeRmap(Task task, Page page) {
        sanityChecks(task, page);
        addMapcount(task, page, -1);
    }
}
