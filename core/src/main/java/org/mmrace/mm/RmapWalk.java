package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code rmap_walk()} and {@code page_vma_mapped_walk()} (mm/rmap.c, mm/page_vma_mapped.c): who maps a page. */
final class RmapWalk {
    private final Platform platform;
    private final Kernel kernel;

    RmapWalk(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** Receives the entries that map a page. */
    @FunctionalInterface
    interface Visitor {
        /** One entry, with its PTL held; gives whether the walk goes on. */
        boolean entry(Vma vma, PageTable table, long addr, long pte);
    }

    /** Every entry that maps {@code page}, whose folio lock is held ({@code rmap_walk()}). */
    void walk(Task task, Page page, Visitor visitor) {
        if (platform.folios.isAnon(page)) {
            walkAnon(task, page, visitor);
            return;
        }
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        if (mapping != null) {
            walkFile(task, mapping, platform.folios.index(page), page.pfn(), visitor);
        }
    }

    /** {@code rmap_walk_file()}: takes i_mmap_rwsem for reading, which keeps the VMAs and their page tables. */
    void walkFile(Task task, AddressSpace mapping, long index, long pfn, Visitor visitor) {
        kernel.downRead(task, mapping.iMmapRwsem);
        boolean more = true;
        for (Vma vma : mapping.iMmap()) {
            more = more && walkVma(task, vma, index, pfn, visitor);
        }
        kernel.upRead(task, mapping.iMmapRwsem);
    }

    /** {@code rmap_walk_anon()}: takes the lock of the anon_vma for reading. */
    private void walkAnon(Task task, Page page, Visitor visitor) {
        AnonVma anonVma = kernel.rcuDereference(page.anonVma);
        if (anonVma == null) {
            return;
        }
        kernel.downRead(task, anonVma.rwsem);
        long index = platform.folios.index(page);
        boolean more = true;
        for (Mm mm : anonVma.mms()) {
            Vma vma = more ? vmaOf(mm, index) : null;
            more = more && (vma == null || walkVma(task, vma, index, page.pfn(), visitor));
        }
        kernel.upRead(task, anonVma.rwsem);
    }

    /** The VMA of {@code mm} that may map anonymous page {@code index}. */
    private @Nullable Vma vmaOf(Mm mm, long index) {
        for (Vma vma : mm.tree.all()) {
            if (kernel.readOnce(vma.anonVma) != 0 && vma.contains(kernel, address(vma, index))) {
                return vma;
            }
        }
        return null;
    }

    /** {@code vma_address()}. */
    private long address(Vma vma, long index) {
        return vma.start(kernel) + (index - vma.pgoff(kernel)) * Address.PAGE_SIZE;
    }

    /** {@code page_vma_mapped_walk()} of one VMA. */
    private boolean walkVma(Task task, Vma vma, long index, long pfn, Visitor visitor) {
        long addr = address(vma, index);
        if (!vma.contains(kernel, addr)) {
            return true;
        }
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return true;
        }
        long pte = platform.tables.ptepGet(table, addr);
        boolean more = !Pte.isPresent(pte) || Pte.pfn(pte) != pfn || visitor.entry(vma, table, addr, pte);
        platform.tables.pteUnlock(task, table);
        return more;
    }
}
