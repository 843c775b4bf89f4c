package org.mmrace.op;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Pte;

/**
 * What the cells of a machine are called in the words of the scenario that runs on it: {@code pte[V+0]},
 * {@code ref[A]}, {@code rss mm1 FILE}. For traces; reads cells through the verbs of the kernel, so ask inside of
 * {@link org.mmrace.kernel.Kernel#observing}.
 */
public final class StageNames {
    private final Stage stage;
    private final List<VmaSpec> vmas;
    private final Map<String, RcuPointer<?>> pointers;
    private final CellNames cells = new CellNames(this::frame);
    private final Map<Long, String> frames = new HashMap<>();
    private final Map<String, Mm> homes = new HashMap<>();

    /** Of every address space that was ever seen, with those that it shares pages with by fork. */
    private final Map<Mm, List<Mm>> families = new LinkedHashMap<>();

    StageNames(Stage stage, Map<String, Page> pages, List<VmaSpec> vmas, Map<String, RcuPointer<?>> pointers) {
        this.stage = stage;
        this.vmas = List.copyOf(vmas);
        this.pointers = pointers;
        pages.forEach((name, page) -> frames.putIfAbsent(page.pfn(), name));
        homes.putAll(stage.processes());
    }

    /** The names, as {@link #refresh} has found them last. */
    public CellNames cells() {
        return cells;
    }

    /** Looks at the machine again: what has been mapped and forked since, and where page tables hang now. */
    public void refresh() {
        stage.machine().platform().nameCells(cells);
        stage.fileNames().forEach((name, file) -> file.nameCells(cells, name));
        pointers.forEach((name, pointer) -> cells.pointer(pointer, () -> name));
        stage.mms().forEach(this::meet);
        families.keySet().forEach(mm -> stage.machine().platform().nameCells(cells, mm, addr -> where(mm, addr)));
    }

    private void meet(Mm mm) {
        List<Mm> family = mm.family();
        family.forEach(member -> families.put(member, family));
    }

    private String frame(long pfn) {
        String name = frames.get(pfn);
        return name == null ? Long.toString(pfn) : name;
    }

    /** {@code V+2} in the process where V was declared, {@code mm2:V+2} in another one, else the number. */
    private String where(Mm mm, long addr) {
        for (VmaSpec vma : vmas) {
            if (addr >= vma.addr(0) && addr < vma.addr(0) + vma.length() && isOf(vma, mm)) {
                String place = vma.name() + "+" + (addr - vma.addr(0)) / Address.PAGE_SIZE;
                return mm.equals(homes.get(vma.process())) ? place : mm + ":" + place;
            }
        }
        return mm + ":0x" + Long.toHexString(addr);
    }

    /** Processes may use the same addresses for different VMAs; a fork has those of its parent. */
    private boolean isOf(VmaSpec vma, Mm mm) {
        Mm home = homes.get(vma.process());
        return mm.equals(home)
                || (home != null
                        && !homes.containsValue(mm)
                        && families.getOrDefault(home, List.of()).contains(mm));
    }

    /** The VMAs that were declared for an address space, or for the one that it was forked from. */
    public List<VmaSpec> declaredIn(Mm mm) {
        return vmas.stream().filter(vma -> isOf(vma, mm)).toList();
    }

    /**
     * The entries of a declared VMA, one word for each page: {@code Nwda:A}, {@code -} for none.
     *
     * @param mm in this address space
     */
    public List<String> entries(Mm mm, VmaSpec vma) {
        PageTables tables = stage.machine().platform().tables();
        return IntStream.range(0, vma.pages())
                .mapToObj(i -> {
                    PageTable table = tables.pteTable(mm, vma.addr(i));
                    return Pte.toString(table == null ? Pte.NONE : tables.ptepGet(table, vma.addr(i)), cells);
                })
                .toList();
    }
}
