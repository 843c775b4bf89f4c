package org.mmrace.mm;

import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * {@code move_pages(2)} for one page (mm/migrate.c): an anonymous page that one process has to itself moves to another
 * frame. The page of a file or driver is tried and stays, because its owner holds it. Meanwhile its entry is a
 * migration entry, which is not present. Keeps mmap_lock for reading all the time, where the kernel drops it, so that
 * neither fork nor munmap meets such an entry, and only the one process need be looked at.
 */
public final class Migrate {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;

    Migrate(Platform platform, TlbFlush tlbFlush, Rmap rmap, NormalPage normalPage) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
    }

    /**
     * Moves the page of {@code addr}.
     *
     * @return 0; -EFAULT when no page is mapped; -EBUSY when others map or hold it; -ENOMEM
     */
    public int movePage(Task task, Mm mm, long addr) {
        kernel.downRead(task, mm.mmapLock);
        Vma vma = mm.tree.lookup(addr);
        int result = vma == null ? -Errno.EFAULT : movePage(task, vma, Address.pageStart(addr));
        kernel.upRead(task, mm.mmapLock);
        return result;
    }

    private int movePage(Task task, Vma vma, long addr) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (pmd == null || table == null) {
            return -Errno.EFAULT;
        }
        long pte = platform.tables.ptepGet(table, addr);
        Page page = Pte.isPresent(pte) ? normalPage.vmNormalPage(task, vma, addr, pte) : null;
        boolean mappedOnce = page != null && platform.folios.mapcount(page) == 1;
        if (page != null && mappedOnce) {
            platform.folios.get(task, page, RefKind.TRANSIENT);
        }
        platform.tables.pteUnlock(task, table);
        if (page == null || !mappedOnce) {
            return page == null ? -Errno.EFAULT : -Errno.EBUSY;
        }
        int result = unmapAndMove(task, vma, pmd, addr, page);
        platform.folios.put(task, page, RefKind.TRANSIENT);
        return result;
    }

    /** {@code migrate_folio_unmap()} and {@code migrate_folio_move()}: the caller holds a reference on {@code page}. */
    private int unmapAndMove(Task task, Vma vma, PageTable pmd, long addr, Page page) {
        Page fresh = platform.memory.alloc(task, PageKind.ANON);
        if (fresh == null) {
            return -Errno.ENOMEM;
        }
        int result = -Errno.EBUSY;
        if (platform.folios.tryLock(task, page)) {
            long old = tryToMigrate(task, vma, pmd, addr, page);
            boolean alone = platform.folios.isAnon(page) && platform.folios.refCount(page) == 1;
            if (!Pte.isNone(old) && alone) {
                platform.memory.setContents(task, fresh.pfn(), platform.memory.contents(page.pfn()));
                removeMigrationPte(task, vma, pmd, addr, old, page, fresh);
                result = 0;
            } else if (!Pte.isNone(old)) {
                removeMigrationPte(task, vma, pmd, addr, old, page, page);
            }
            platform.folios.unlock(task, page);
        }
        platform.folios.put(task, fresh, RefKind.OWNER);
        return result;
    }

    /** {@code try_to_migrate_one()}: gives the entry that it has replaced, none if the page is not mapped any more. */
    private long tryToMigrate(Task task, Vma vma, PageTable pmd, long addr, Page page) {
        PageTables tables = platform.tables;
        PageTable table = tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return Pte.NONE;
        }
        long pte = tables.ptepGet(table, addr);
        boolean mapped = Pte.isPresent(pte) && Pte.pfn(pte) == page.pfn();
        if (mapped) {
            pte = tables.ptepGetAndClear(task, vma, table, addr);
            tlbFlush.flushPage(task, vma.mm(), addr);
            tables.removed(task, vma, table, addr, pte, true);
            tables.setPteAt(task, vma, table, addr, Pte.migration(page.pfn(), Pte.isWritable(pte)));
            rmap.removeRmap(task, page);
            platform.folios.put(task, page, RefKind.MAP);
        }
        tables.pteUnlock(task, table);
        return mapped ? pte : Pte.NONE;
    }

    /**
     * {@code remove_migration_pte()}: maps {@code target} where the migration entry of {@code page} still is, as
     * {@code old} did.
     */
    private void removeMigrationPte(Task task, Vma vma, PageTable pmd, long addr, long old, Page page, Page target) {
        PageTables tables = platform.tables;
        PageTable table = tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return;
        }
        long entry = tables.ptepGet(table, addr);
        if (Pte.isMigration(entry) && Pte.pfn(entry) == page.pfn()) {
            platform.folios.get(task, target, RefKind.MAP);
            if (platform.folios.isAnon(page)) {
                rmap.addNewAnonRmap(task, target);
            } else {
                rmap.addFileRmap(task, target);
            }
            tables.ptepGetAndClear(task, vma, table, addr);
            tables.install(task, vma, table, addr, Pte.withPfn(old, target.pfn()), true);
        }
        tables.pteUnlock(task, table);
    }
}
