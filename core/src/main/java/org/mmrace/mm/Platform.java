package org.mmrace.mm;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Word;

/**
 * What every part of the model shares: the machine below, the knobs, physical memory, page tables and TLBs. One per
 * simulated machine; immutable, its parts are made of cells.
 */
public final class Platform {
    final Kernel kernel;
    final KernelConfig config;
    final MmMonitor monitor;
    final Memory memory;
    final Folios folios;
    final PageTables tables;
    final VmaCache vmaCache;
    final MmRefs mmRefs;
    final VmaLocks vmaLocks;
    final List<Tlb> tlbs;
    final Word mmIds = new Word();

    /**
     * A machine at boot.
     *
     * @param frames page frames that have a struct page
     * @param tableCount page tables that can exist at a time
     */
    public Platform(Kernel kernel, KernelConfig config, MmMonitor monitor, int frames, int tableCount) {
        this.kernel = kernel;
        this.config = config;
        this.monitor = kernel.observing(MmMonitor.class, monitor);
        this.memory = new Memory(kernel, config, this.monitor, frames);
        this.folios = new Folios(kernel, config, this.monitor, memory);
        this.tables = new PageTables(kernel, config, this.monitor, memory, tableCount);
        this.vmaCache = new VmaCache(kernel);
        this.mmRefs = new MmRefs(kernel, tables);
        this.vmaLocks = new VmaLocks(kernel, config, new VmaRefcnt(kernel, config, this.monitor, mmRefs));
        this.tlbs = IntStream.range(0, kernel.cpus())
                .mapToObj(cpu -> new Tlb(kernel, tables))
                .toList();
    }

    /** Tells the names of the cells of memory, page tables and TLBs. */
    public void nameCells(CellNames names) {
        memory.nameCells(names);
        tables.nameCells(names);
        vmaCache.nameCells(names);
        names.word(mmIds, () -> "mm ids");
        for (int cpu = 0; cpu < tlbs.size(); cpu++) {
            tlbs.get(cpu).nameCells(names, cpu);
        }
    }

    /**
     * Tells the names of the cells of an address space.
     *
     * @param where what its addresses are called
     */
    public void nameCells(CellNames names, Mm mm, LongFunction<String> where) {
        mm.nameCells(names);
        mm.tree.all().forEach(vma -> vma.nameCells(names));
        tables.nameCells(names, mm, where);
    }

    /** The machine below. */
    public Kernel kernel() {
        return kernel;
    }

    /** The knobs. */
    public KernelConfig config() {
        return config;
    }

    /** Who watches. */
    public MmMonitor monitor() {
        return monitor;
    }

    /** Physical memory. */
    public Memory memory() {
        return memory;
    }

    /** References and flags of pages. */
    public Folios folios() {
        return folios;
    }

    /** Page tables. */
    public PageTables tables() {
        return tables;
    }

    /** mmap_lock and the per-VMA locks. */
    public VmaLocks vmaLocks() {
        return vmaLocks;
    }

    /** The TLBs, one per CPU. */
    public List<Tlb> tlbs() {
        return tlbs;
    }
}
