package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * {@code s390_disable_cow_sharing()} (arch/s390/mm/gmap.c): an mm that gets storage keys, or runs a protected guest,
 * maps no zeropage from then on.
 */
public final class CowSharing {
    private static final long NOT_FOUND = -1;

    private final Platform platform;
    private final Kernel kernel;
    private final PageFault pageFault;
    private final Zap zap;
    private final Ksm ksm;

    CowSharing(Platform platform, PageFault pageFault, Zap zap, Ksm ksm) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageFault = pageFault;
        this.zap = zap;
        this.ksm = ksm;
    }

    /**
     * First the flag, then each VMA is locked for writing, which waits for the faults that have not seen the flag, and
     * only then its entries are looked at.
     *
     * @return 0, also if it was disabled before; -EFAULT if a mapping that is not COW maps the zeropage, or -ENOMEM:
     *     then sharing is allowed again, and what has been unshared stays so
     */
    public int disable(Task task, Mm mm) {
        platform.vmaLocks.mmapWriteLock(task, mm);
        if (kernel.readOnce(mm.forbidsZeropage) != 0) {
            platform.vmaLocks.mmapWriteUnlock(task, mm);
            return 0;
        }
        boolean flagFirst = !platform.config.has(Fault.B16A);
        mm.setForbidsZeropage(kernel, flagFirst);
        int error = unshareZeropages(task, mm);
        if (error == 0) {
            ksm.disable(task, mm);
            if (flagFirst) {
                platform.monitor.cowSharingDisabled(task, mm);
            }
        } else {
            mm.setForbidsZeropage(kernel, false);
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        if (error == 0 && !flagFirst) {
            setFlagLate(task, mm);
        }
        return error;
    }

    /**
     * B16a: setting the flag after the scan would do no harm under mmap_lock, since the VMAs stay write-locked as long
     * as that is held for writing. After it, faults under VMA locks have come in between.
     */
    private void setFlagLate(Task task, Mm mm) {
        kernel.downRead(task, mm.mmapLock);
        mm.setForbidsZeropage(kernel, true);
        platform.monitor.cowSharingDisabled(task, mm);
        kernel.upRead(task, mm.mmapLock);
    }

    /** {@code __s390_unshare_zeropages()}. */
    private int unshareZeropages(Task task, Mm mm) {
        for (Vma vma : mm.tree.all()) {
            if ((vma.flags(kernel) & VmFlags.PFNMAP) != 0) {
                continue;
            }
            if (!platform.config.has(Fault.B16)) {
                platform.vmaLocks.startWrite(task, vma);
            }
            long addr = findZeropage(task, vma, vma.start(kernel));
            for (int turn = 1; addr != NOT_FOUND; turn++) {
                if (!VmFlags.isCow(vma.flags(kernel))) {
                    return -Errno.EFAULT;
                }
                if (unshare(task, vma, addr) == -Errno.ENOMEM) {
                    return -Errno.ENOMEM;
                }
                addr = findZeropage(task, vma, addr);
                kernel.condResched(task, turn);
            }
        }
        return 0;
    }

    /** A page of its own in the place of the zeropage; the fault may have backed off, so the caller looks again. */
    private int unshare(Task task, Vma vma, long addr) {
        if (platform.config.has(Fault.B16C)) {
            zap.zapPageRangeSingle(task, vma, addr, addr + Address.PAGE_SIZE);
            return 0;
        }
        int fault = pageFault.handleMmFault(task, vma, addr, VmFault.UNSHARE | VmFault.REMOTE);
        return (fault & FaultResult.OOM) != 0 ? -Errno.ENOMEM : 0;
    }

    /** {@code find_zeropage_pte_entry()}: the first address from {@code start} on that maps the zeropage. */
    private long findZeropage(Task task, Vma vma, long start) {
        PageTables tables = platform.tables;
        long end = vma.end(kernel);
        for (long addr = start; addr < end; ) {
            long next = tables.pmdAddrEnd(addr, end);
            PageTable pmd = tables.pmdOffset(vma.mm(), addr);
            PageTable table = pmd == null ? null : tables.pteOffsetMapLock(task, pmd, addr);
            long found = NOT_FOUND;
            for (; table != null && addr < next && found == NOT_FOUND; addr += Address.PAGE_SIZE) {
                long pte = tables.ptepGet(table, addr);
                found = Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte)) ? addr : NOT_FOUND;
            }
            if (table != null) {
                tables.pteUnlock(task, table);
            }
            if (found != NOT_FOUND) {
                return found;
            }
            addr = next;
        }
        return NOT_FOUND;
    }
}
