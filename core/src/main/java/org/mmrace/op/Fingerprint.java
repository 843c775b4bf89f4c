package org.mmrace.op;

import java.util.List;
import org.mmrace.kernel.Kernel;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Folios;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RssStat;
import org.mmrace.mm.Vma;

/** A hash of everything that decides what a machine at rest, or with one running task, does next. */
public final class Fingerprint {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Platform platform;
    private final Kernel kernel;
    private long hash;

    private Fingerprint(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel();
    }

    /**
     * The hash of a machine.
     *
     * @param mms its address spaces
     * @param files its files
     */
    public static long of(Machine machine, List<Mm> mms, List<AddressSpace> files) {
        Fingerprint fingerprint = new Fingerprint(machine.platform());
        fingerprint.addPages();
        mms.forEach(fingerprint::addMm);
        files.forEach(fingerprint::addFile);
        return fingerprint.hash;
    }

    private void add(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }

    private void addPages() {
        Folios folios = platform.folios();
        for (int pfn = 0; pfn < platform.memory().frames(); pfn++) {
            Page page = platform.memory().page(pfn);
            if (page != null) {
                add(folios.refCount(page));
                add(folios.mapcount(page));
                add(folios.flags(page));
                add(platform.memory().contents(pfn));
            }
        }
    }

    private void addMm(Mm mm) {
        for (RssStat.Counter counter : RssStat.Counter.values()) {
            add(mm.rss().get(counter));
        }
        for (Vma vma : mm.tree().all()) {
            add(vma.start(kernel));
            add(vma.end(kernel));
            add(vma.flags(kernel));
            add(vma.pageProt(kernel));
            addEntries(mm, vma);
        }
    }

    private void addEntries(Mm mm, Vma vma) {
        PageTables tables = platform.tables();
        for (long addr = vma.start(kernel); addr < vma.end(kernel); addr += Address.PAGE_SIZE) {
            PageTable table = tables.pteTable(mm, addr);
            add(table == null ? Pte.NONE : tables.ptepGet(table, addr));
        }
    }

    private void addFile(AddressSpace file) {
        add(file.sizePages());
        for (int index = 0; index < file.capacity(); index++) {
            add(file.entry(index));
            add(file.block(index));
        }
    }
}
