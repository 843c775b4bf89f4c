package org.mmrace.stress;

import java.util.SplittableRandom;
import org.mmrace.fault.DaxStyle;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.InsertPfn;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.VmFault;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;

/** The fault handlers of our drivers: each answers in one of the ways that drivers have. */
final class DriverFaults implements VmOperations {
    private final World world;
    private final Machine machine;
    private final Kernel kernel;
    private final FileKind kind;
    private final AddressSpace mapping;
    private final FrameStore frames;
    private final int fileId;

    DriverFaults(World world, FileKind kind, AddressSpace mapping, FrameStore frames, int fileId) {
        this.world = world;
        this.machine = world.machine();
        this.kernel = machine.kernel();
        this.kind = kind;
        this.mapping = mapping;
        this.frames = frames;
        this.fileId = fileId;
    }

    @Override
    public boolean hasFault() {
        return kind != FileKind.RING && kind != FileKind.PRIVATE_FRAMES;
    }

    @Override
    public boolean hasPfnMkwrite() {
        return kind == FileKind.IO || kind == FileKind.DAX_DEVICE;
    }

    @Override
    public int fault(Task task, VmFault vmf) {
        int index = (int) vmf.pgoff();
        if (index >= Slot.PAGES) {
            return FaultResult.SIGBUS;
        }
        return switch (kind) {
            case CONSTANTS, BUFFER, TEMPLATE -> countedPage(task, vmf, index);
            case FRAMES -> insertPfn().vmfInsertPfn(task, vmf.vma(), vmf.address(), frames.pfn(index));
            case MIXED -> fixedFrame(task, vmf, index);
            case IO, DAX_DEVICE -> zeropageOrFrame(task, vmf, index);
            default -> FaultResult.SIGBUS;
        };
    }

    private InsertPfn insertPfn() {
        return machine.mm().insertPfn();
    }

    /** Inserts the zeropage or a fresh page, or hands a fresh page to the core. */
    private int countedPage(Task task, VmFault vmf, int index) {
        Worker worker = world.worker(task);
        SplittableRandom random = worker.random();
        Vma vma = vmf.vma();
        boolean mayInsert = (vma.flags(kernel) & VmFlags.MIXEDMAP) != 0 && vmf.cowPage() == null;
        if (mayInsert && random.nextInt(3) == 0) {
            Page zero = machine.platform().memory().zeroPage();
            int error = machine.mm().insertPage().vmInsertPage(task, vma, vmf.address(), zero);
            if (error != -Errno.EINVAL) {
                return ofInsertion(error);
            }
        }
        Page page = DriverPages.fresh(worker);
        if (page == null) {
            return FaultResult.OOM;
        }
        machine.platform().memory().setContents(task, page.pfn(), DataTags.shared(fileId, index, page.pfn()));
        if (mayInsert && random.nextBoolean()) {
            int error = machine.mm().insertPage().vmInsertPage(task, vma, vmf.address(), page);
            DriverPages.drop(worker, page);
            return ofInsertion(error);
        }
        machine.platform().folios().get(task, page, RefKind.TRANSIENT);
        DriverPages.drop(worker, page);
        vmf.setPage(page);
        return FaultResult.NONE;
    }

    private static int ofInsertion(int error) {
        return switch (error) {
            case 0, -Errno.EBUSY -> FaultResult.NOPAGE;
            case -Errno.ENOMEM -> FaultResult.OOM;
            default -> FaultResult.SIGBUS;
        };
    }

    private int fixedFrame(Task task, VmFault vmf, int index) {
        long pfn = frames.pfn(index);
        if (frames.page(index) == null && world.worker(task).random().nextBoolean()) {
            return insertPfn().vmfInsertPfn(task, vmf.vma(), vmf.address(), pfn);
        }
        return insertFrame(task, vmf, index, vmf.has(VmFault.WRITE));
    }

    /** {@code dev_dax_huge_fault()} counts its pages where DAX files do; the other drivers never count a frame. */
    private int insertFrame(Task task, VmFault vmf, int index, boolean write) {
        Page page = frames.page(index);
        boolean counted = kind == FileKind.DAX_DEVICE && machine.config().daxStyle() == DaxStyle.REFCOUNTED;
        if (counted && page != null) {
            return insertPfn().vmfInsertPageMkwrite(task, vmf.vma(), vmf.address(), page, write);
        }
        return write
                ? insertPfn().vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), frames.pfn(index))
                : insertPfn().vmfInsertMixed(task, vmf.vma(), vmf.address(), frames.pfn(index));
    }

    /** As DAX does it, without its entry locks: the zeropage until the first write. */
    private int zeropageOrFrame(Task task, VmFault vmf, int index) {
        if (vmf.has(VmFault.WRITE) || world.worker(task).random().nextInt(4) == 0) {
            return fixedFrame(task, vmf, index);
        }
        return insertPfn().vmfInsertMixed(task, vmf.vma(), vmf.address(), Memory.ZERO_PFN);
    }

    /** Takes the zeropage out of every mapping and puts the frame in. */
    @Override
    public int pfnMkwrite(Task task, VmFault vmf) {
        int index = (int) vmf.pgoff();
        PageTables tables = machine.platform().tables();
        PageTable table = tables.pteTable(vmf.vma().mm(), vmf.address());
        long pte = table == null ? Pte.NONE : tables.ptepGet(table, vmf.address());
        if (Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte))) {
            machine.mm().zap().unmapMappingPages(task, mapping, index, 1, false);
        }
        return insertFrame(task, vmf, index, true);
    }
}
