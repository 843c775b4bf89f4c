package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.mm.Address;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** What one process of a machine that has stopped has mapped, as operations; see {@link MemoryState}. */
final class MmState {
    private static final long RIGHTS = VmFlags.READ | VmFlags.WRITE;
    private static final int FORCED = GupFlags.PIN | GupFlags.WRITE | GupFlags.FORCE;

    private final Platform platform;
    private final Kernel kernel;
    private final Mm mm;
    private final @Nullable Mm parent;

    /** @param parent the process that {@code process} was forked from, null for none */
    MmState(World world, Process process, @Nullable Process parent) {
        this.platform = world.machine().platform();
        this.kernel = platform.kernel();
        this.mm = process.mm();
        this.parent = parent == null ? null : parent.mm();
    }

    /**
     * What maps the pages that are not inherited.
     *
     * @param exclusive those that are anonymous and exclusive, which is what a fork takes away; else all others
     */
    List<LoggedOperation> mappings(boolean exclusive) {
        List<LoggedOperation> operations = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            for (int page = 0; page < slot.pages(); page++) {
                long pte = entry(mm, slot.addr(page));
                boolean inherited = parent != null && isOf(parent, slot.addr(page), Pte.pfn(pte));
                if (Pte.isPresent(pte) && !inherited && exclusive == isAnon(pte, true)) {
                    operations.addAll(make(slot, page, pte));
                }
            }
        }
        return operations;
    }

    /** Whether an anonymous page is mapped that is not exclusive: the process was forked since it was written. */
    boolean sharesWithAChild() {
        return mappings(false).stream().anyMatch(operation -> isAnon(entry(mm, operation.addr()), false));
    }

    private boolean isAnon(long pte, boolean exclusive) {
        Page page = Memory.isZero(Pte.pfn(pte)) ? null : platform.memory().page(Pte.pfn(pte));
        return Pte.isPresent(pte)
                && page != null
                && platform.folios().isAnon(page)
                && platform.folios().isAnonExclusive(page) == exclusive;
    }

    private boolean isOf(Mm other, long addr, long pfn) {
        long pte = entry(other, addr);
        return Pte.isPresent(pte) && Pte.pfn(pte) == pfn;
    }

    private long entry(Mm of, long addr) {
        PageTables tables = platform.tables();
        PageTable table = tables.pteTable(of, addr);
        return table == null ? Pte.NONE : tables.ptepGet(table, addr);
    }

    private List<LoggedOperation> make(Slot slot, int page, long pte) {
        Page mapped = platform.memory().page(Pte.pfn(pte));
        boolean zero = Memory.isZero(Pte.pfn(pte));
        if (mapped != null && !zero && platform.folios().isAnon(mapped)) {
            return slot.openForWriting()
                    ? List.of(at(Operation.STORE, slot, page, 0))
                    : List.of(
                            at(Operation.PIN_USER_PAGES, slot, page, FORCED),
                            at(Operation.UNPIN_USER_PAGE, slot, page, FORCED));
        }
        FileKind file = slot.file();
        if (file == null || !file.isDriver()) {
            boolean written = slot.shared() && slot.openForWriting() && (Pte.isDirty(pte) || Pte.isWritable(pte));
            return List.of(at(written ? Operation.STORE : Operation.LOAD, slot, page, 0));
        }
        long inserted = LoggedOperation.insertion(false, zero ? 1 : 0, MapPlan.NONE);
        return switch (file) {
            case RING, CONSTANTS, TEMPLATE -> List.of(at(Operation.VM_INSERT_PAGE, slot, page, inserted));
            case BUFFER ->
                List.of(at(
                        Operation.VM_INSERT_PAGE,
                        slot,
                        page,
                        LoggedOperation.insertion(true, zero ? 1 : 0, MapPlan.NONE)));
            case IO, MIXED, DAX_DEVICE -> {
                Operation how = mapped == null
                        ? Operation.VMF_INSERT_PFN
                        : Pte.isWritable(pte) && !zero
                                ? Operation.VMF_INSERT_MIXED_MKWRITE
                                : Operation.VMF_INSERT_MIXED;
                yield List.of(at(how, slot, page, inserted));
            }
            case FRAMES -> List.of(at(Operation.VMF_INSERT_PFN, slot, page, 0));
            default -> List.of();
        };
    }

    /** Parts of a slot that are VMAs of their own were mapped on their own, mostly. */
    List<LoggedOperation> parts() {
        List<LoggedOperation> operations = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            List<Vma> vmas = mm.tree().overlapping(slot.start(), slot.addr(slot.pages()));
            for (Vma vma : vmas.subList(Math.min(1, vmas.size()), vmas.size())) {
                long start = vma.start(kernel);
                int pages = (int) ((vma.end(kernel) - start) / Address.PAGE_SIZE);
                long nothing = LoggedOperation.insertion(true, 0, MapPlan.NONE);
                operations.add(MemoryState.operation(Operation.MUNMAP, mm.id(), start, pages, 0));
                operations.add(MemoryState.operation(Operation.MMAP, mm.id(), start, pages, nothing));
            }
        }
        return operations;
    }

    /** Parts that are not mapped any more, and those whose rights mprotect has changed. */
    List<LoggedOperation> rights() {
        List<LoggedOperation> operations = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            rights(slot, operations);
        }
        return operations;
    }

    private void rights(Slot slot, List<LoggedOperation> operations) {
        int page = 0;
        while (page < slot.pages()) {
            long here = rightsAt(slot, page);
            int end = page + 1;
            while (end < slot.pages() && rightsAt(slot, end) == here) {
                end++;
            }
            if (here < 0) {
                operations.add(MemoryState.operation(Operation.MUNMAP, mm.id(), slot.addr(page), end - page, 0));
            } else if (here != slot.prot()) {
                operations.add(MemoryState.operation(Operation.MPROTECT, mm.id(), slot.addr(page), end - page, here));
            }
            page = end;
        }
    }

    private long rightsAt(Slot slot, int page) {
        Vma vma = mm.tree().lookup(slot.addr(page));
        return vma == null ? -1 : vma.flags(kernel) & RIGHTS;
    }

    /** What the TLB of a CPU has. */
    List<LoggedOperation> cached(int cpu) {
        List<LoggedOperation> operations = new ArrayList<>();
        platform.tlbs().get(cpu).forEach(mm, 0, platform.tables().taskSize(), (addr, pte, stamp) -> {
            Slot slot = Slot.at(addr);
            if (slot != null) {
                boolean write = Pte.isWritable(pte) && slot.openForWriting();
                operations.add(at(write ? Operation.STORE : Operation.LOAD, slot, slot.pageOf(addr), 0));
            }
        });
        return operations;
    }

    private LoggedOperation at(Operation kind, Slot slot, int page, long argument) {
        return MemoryState.operation(kind, mm.id(), slot.addr(page), 1, argument);
    }
}
