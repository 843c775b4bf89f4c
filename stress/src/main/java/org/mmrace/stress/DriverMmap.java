package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.InsertPage;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;

/**
 * The {@code ->mmap} of our drivers: sets flags and operations, and inserts pages as the worker that maps has planned.
 */
final class DriverMmap implements FileOperations {
    private final World world;
    private final Machine machine;
    private final Kernel kernel;
    private final FileKind kind;
    private final FrameStore frames;
    private final VmOperations ops;

    DriverMmap(World world, FileKind kind, AddressSpace mapping, FrameStore frames, int fileId) {
        this.world = world;
        this.machine = world.machine();
        this.kernel = machine.kernel();
        this.kind = kind;
        this.frames = frames;
        this.ops = new DriverFaults(world, kind, mapping, frames, fileId);
    }

    @Override
    public int mmap(Task task, Vma vma) {
        if (kind == FileKind.RING && (vma.flags(kernel) & VmFlags.WRITE) != 0) {
            return -Errno.EPERM;
        }
        long cleared = kind == FileKind.RING ? VmFlags.MAYWRITE : 0;
        vma.modifyFlags(kernel, machine.platform().monitor(), task, flagsToSet(), cleared);
        vma.setOps(kernel, ops);
        MapPlan plan = world.worker(task).takePlan();
        return switch (kind) {
            case RING -> insert(task, vma, plan, ringPages(vma));
            case CONSTANTS, BUFFER, TEMPLATE -> insertFresh(task, vma, plan);
            case PRIVATE_FRAMES -> remap(task, vma);
            case FRAMES -> plan == MapPlan.REMAP ? remap(task, vma) : 0;
            // IO must not insert the zeropage here: page_prot still has the write bit (H1 of kernel-semantics.md).
            default -> 0;
        };
    }

    private long flagsToSet() {
        return switch (kind) {
            case RING -> VmFlags.DONTCOPY | VmFlags.DONTEXPAND | VmFlags.DONTDUMP;
            case CONSTANTS, TEMPLATE, MIXED -> VmFlags.MIXEDMAP;
            case IO -> VmFlags.IO | VmFlags.MIXEDMAP | VmFlags.DONTEXPAND | VmFlags.DONTDUMP;
            case FRAMES -> VmFlags.IO | VmFlags.PFNMAP | VmFlags.DONTEXPAND | VmFlags.DONTDUMP;
            default -> 0;
        };
    }

    private int pages(Vma vma) {
        return (int) ((vma.end(kernel) - vma.start(kernel)) / Address.PAGE_SIZE);
    }

    private List<Page> ringPages(Vma vma) {
        List<Page> pages = new ArrayList<>(pages(vma));
        for (int i = 0; i < pages(vma); i++) {
            Page page = frames.page((int) vma.pgoff(kernel) + i);
            pages.add(page == null ? machine.platform().memory().zeroPage() : page);
        }
        return pages;
    }

    private int insertFresh(Task task, Vma vma, MapPlan plan) {
        if (plan == MapPlan.NONE || plan == MapPlan.REMAP) {
            return 0;
        }
        Worker worker = world.worker(task);
        SplittableRandom random = worker.random();
        List<Page> pages = new ArrayList<>(pages(vma));
        // A refused zeropage tears the mapping down: that path is wanted now and then only.
        int zeroOneIn = kind == FileKind.BUFFER ? 64 : 2;
        for (int i = 0; i < pages(vma); i++) {
            boolean zero = random.nextInt(zeroOneIn) == 0;
            Page fresh = zero ? machine.platform().memory().zeroPage() : DriverPages.fresh(worker);
            if (fresh == null) {
                break;
            }
            pages.add(fresh);
        }
        int result = pages.size() < pages(vma) ? -Errno.ENOMEM : insert(task, vma, plan, pages);
        pages.forEach(page -> DriverPages.drop(worker, page));
        return result;
    }

    private int insert(Task task, Vma vma, MapPlan plan, List<Page> pages) {
        if (plan != MapPlan.NONE) {
            world.worker(task).detail(pages.size(), LoggedOperation.insertion(true, Inserter.zeropages(pages), plan));
        }
        InsertPage insertPage = machine.mm().insertPage();
        long start = vma.start(kernel);
        switch (plan) {
            case INSERT_PAGE:
                for (int i = 0; i < pages.size(); i++) {
                    int error = insertPage.vmInsertPage(task, vma, start + i * Address.PAGE_SIZE, pages.get(i));
                    if (error != 0) {
                        return error;
                    }
                }
                return 0;
            case INSERT_PAGES:
                return insertPage.vmInsertPages(task, vma, start, pages, new LocalLong(pages.size()));
            case MAP_PAGES:
                List<Page> all = new ArrayList<>();
                for (long i = vma.pgoff(kernel); i > 0; i--) {
                    all.add(machine.platform().memory().zeroPage());
                }
                all.addAll(pages);
                return machine.mm().mapPages().vmMapPages(task, vma, all);
            case MAP_PAGES_ZERO:
                return machine.mm().mapPages().vmMapPagesZero(task, vma, pages);
            default:
                return 0;
        }
    }

    private int remap(Task task, Vma vma) {
        long start = vma.start(kernel);
        long pfn = frames.pfn((int) vma.pgoff(kernel));
        return machine.mm()
                .insertPfn()
                .remapPfnRange(task, vma, start, pfn, vma.end(kernel) - start, vma.pageProt(kernel));
    }
}
