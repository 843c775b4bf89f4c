package org.mmrace.op;

import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.InsertPage;
import org.mmrace.mm.InsertPfn;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.VmFault;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;

/** A driver or filesystem that maps as a {@link DriverSpec} says: its {@code ->mmap} and its handlers. */
final class Driver implements FileOperations, VmOperations {
    private final Stage stage;
    private final Machine machine;
    private final Kernel kernel;
    private final DriverSpec spec;
    private final FileSpec file;
    private final FileOperations filesystem;

    /** With the operations of the file's filesystem below it, which drivers' files do not have. */
    Driver(Stage stage, VmaSpec vma, FileSpec file, FileOperations filesystem) {
        this.stage = stage;
        this.machine = stage.machine();
        this.kernel = machine.kernel();
        this.spec = vma.driver();
        this.file = file;
        this.filesystem = filesystem;
    }

    @Override
    public int mmap(Task task, Vma vma) {
        int error = file.kind().isDriver() ? 0 : filesystem.mmap(task, vma);
        if (error != 0) {
            return error;
        }
        long mixed = file.kind() == FileSpec.Kind.VIRTIOFS ? VmFlags.MIXEDMAP : 0;
        long set = FlagWords.VM.bits(spec.set()) | mixed;
        long clear = FlagWords.VM.bits(spec.clear());
        if ((set | clear) != 0) {
            vma.modifyFlags(kernel, machine.platform().monitor(), task, set, clear);
        }
        if (file.kind().isDriver()) {
            vma.setOps(kernel, this);
        }
        if (spec.setsPageProt() && !machine.config().has(Fault.B19)) {
            machine.mm().pageProt().vmaSetPageProt(task, vma);
        }
        return spec.mmap() == null ? 0 : insert(task, vma, spec.mmap());
    }

    private int insert(Task task, Vma vma, DriverSpec.Insert how) {
        InsertPage insertPage = machine.mm().insertPage();
        List<Page> pages = spec.inserts().stream().map(stage::page).toList();
        long start = vma.start(kernel);
        switch (how) {
            case VM_INSERT_PAGE:
                for (int i = 0; i < pages.size(); i++) {
                    int error = insertPage.vmInsertPage(task, vma, start + i * Address.PAGE_SIZE, pages.get(i));
                    if (error != 0) {
                        return error;
                    }
                }
                return 0;
            case VM_INSERT_PAGES:
                return insertPage.vmInsertPages(task, vma, start, pages, new LocalLong(pages.size()));
            case VM_MAP_PAGES:
                return machine.mm().mapPages().vmMapPages(task, vma, pages);
            case VM_MAP_PAGES_ZERO:
                return machine.mm().mapPages().vmMapPagesZero(task, vma, pages);
            case REMAP_PFN_RANGE:
                long size = vma.end(kernel) - start;
                return insertPfn().remapPfnRange(task, vma, start, pfn(0), size, vma.pageProt(kernel));
        }
        throw new IllegalArgumentException(how.word());
    }

    private InsertPfn insertPfn() {
        return machine.mm().insertPfn();
    }

    /** The driver's frame for a page of the file. */
    private long pfn(long pgoff) {
        int index = (int) pgoff;
        return index < file.backing().size()
                ? stage.page(file.backing().get(index)).pfn()
                : machine.platform().memory().devicePfn(index);
    }

    @Override
    public boolean hasFault() {
        return spec.fault() != DriverSpec.Fault.NONE;
    }

    @Override
    public boolean hasMapPages() {
        return spec.mapPages();
    }

    @Override
    public boolean hasPageMkwrite() {
        return spec.pageMkwrite() != DriverSpec.Mkwrite.NONE;
    }

    @Override
    public boolean hasPfnMkwrite() {
        return spec.pfnMkwrite() != DriverSpec.Mkwrite.NONE;
    }

    @Override
    public int fault(Task task, VmFault vmf) {
        if (vmf.pgoff() >= file.pages()) {
            return FaultResult.SIGBUS;
        }
        Vma vma = vmf.vma();
        long addr = vmf.address();
        return switch (spec.fault()) {
            case NONE -> FaultResult.SIGBUS;
            case PAGE -> givePage(task, vmf);
            case INSERT -> insertPage(task, vmf);
            case PFN -> insertPfn().vmfInsertPfn(task, vma, addr, pfn(vmf.pgoff()));
            case MIXED -> insertMixed(task, vmf);
            case ZEROPAGE ->
                vmf.has(VmFault.WRITE)
                        ? insertMixed(task, vmf)
                        : insertPfn().vmfInsertMixed(task, vma, addr, Memory.ZERO_PFN);
        };
    }

    private int insertMixed(Task task, VmFault vmf) {
        return vmf.has(VmFault.WRITE)
                ? insertPfn().vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), pfn(vmf.pgoff()))
                : insertPfn().vmfInsertMixed(task, vmf.vma(), vmf.address(), pfn(vmf.pgoff()));
    }

    private int givePage(Task task, VmFault vmf) {
        Page page = machine.platform().memory().page(pfn(vmf.pgoff()));
        if (page == null) {
            return FaultResult.SIGBUS;
        }
        machine.platform().folios().get(task, page, RefKind.TRANSIENT);
        vmf.setPage(page);
        return FaultResult.NONE;
    }

    private int insertPage(Task task, VmFault vmf) {
        Page page = machine.platform().memory().page(pfn(vmf.pgoff()));
        int error = page == null
                ? -Errno.EINVAL
                : machine.mm().insertPage().vmInsertPage(task, vmf.vma(), vmf.address(), page);
        return switch (error) {
            case 0, -Errno.EBUSY -> FaultResult.NOPAGE;
            case -Errno.ENOMEM -> FaultResult.OOM;
            default -> FaultResult.SIGBUS;
        };
    }

    @Override
    public int pageMkwrite(Task task, VmFault vmf) {
        return spec.pageMkwrite() == DriverSpec.Mkwrite.OK ? FaultResult.NONE : FaultResult.SIGBUS;
    }

    @Override
    public int pfnMkwrite(Task task, VmFault vmf) {
        return switch (spec.pfnMkwrite()) {
            case OK -> FaultResult.NONE;
            case REPLACE -> {
                if (machine.config().has(Fault.B20)) {
                    yield FaultResult.NONE;
                }
                machine.mm().zap().unmapMappingPages(task, stage.file(file.name()), vmf.pgoff(), 1, false);
                yield insertPfn().vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), pfn(vmf.pgoff()));
            }
            case NONE, SIGBUS -> FaultResult.SIGBUS;
        };
    }
}
