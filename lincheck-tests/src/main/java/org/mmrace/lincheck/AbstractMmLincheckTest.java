package org.mmrace.lincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/**
 * The operations on a driver's mapping, once: subclasses choose the mapping, the kernel, and which of the operations
 * Lincheck may call. Each gives what its caller sees, as text. The pages of the mapping lie in different page tables.
 */
@Param(name = AbstractMmLincheckTest.THREAD, gen = ThreadIdGen.class)
public abstract class AbstractMmLincheckTest {
    /** Name of the parameter that is the calling thread. */
    static final String THREAD = "thread";

    private static final long FIRST_DATA = 100;

    private final MachineUnderTest machine;
    private final Mm process;
    private final List<Page> driverPages;
    private final long start;

    AbstractMmLincheckTest(KernelConfig config, Backing backing, int pages) {
        Invocations.began();
        machine = new MachineUnderTest(config);
        Task boot = machine.task(0);
        process = machine.newProcess(boot);
        driverPages = IntStream.range(0, pages)
                .mapToObj(i -> machine.newPage(boot, driverData(i)))
                .toList();
        AddressSpace device = machine.newFile(AddressSpace.Kind.DEVICE, pages);
        OpenFile open = new OpenFile(device, true, (task, vma) -> {
            vma.modifyFlags(machine.kernel(), machine.platform().monitor(), task, VmFlags.MIXEDMAP, backing.cleared());
            return 0;
        });
        long tableSize = machine.platform().tables().pmdSize();
        start = 4 * tableSize + (pages == 1 ? 0 : tableSize - Address.PAGE_SIZE);
        Mmap.Request request = new Mmap.Request(open, backing.shared(), backing.prot(), 0);
        long at = machine.mm().mmap().mmapAt(boot, process, start, pages * Address.PAGE_SIZE, request);
        if (at != start) {
            throw new IllegalStateException("mmap: " + Errno.name(at));
        }
    }

    /** What the driver's page {@code i} holds. */
    static long driverData(int i) {
        return FIRST_DATA + i;
    }

    private long addr(int at) {
        return start + at * Address.PAGE_SIZE;
    }

    private long length() {
        return driverPages.size() * Address.PAGE_SIZE;
    }

    /** A driver's call under mmap_lock for reading, as from a fault handler. */
    private String withVma(int thread, Function<Vma, String> call) {
        Task task = machine.task(thread);
        machine.kernel().downRead(task, process.mmapLock());
        Vma vma = process.tree().lookup(start);
        String result = vma == null ? "unmapped" : call.apply(vma);
        machine.kernel().upRead(task, process.mmapLock());
        return result;
    }

    private String insert(int at, Page page, int thread) {
        return withVma(
                thread,
                vma -> Errno.name(machine.mm().insertPage().vmInsertPage(machine.task(thread), vma, addr(at), page)));
    }

    /** {@code vm_insert_page()} of the driver's page. */
    final String insertDriver(int at, int thread) {
        return insert(at, driverPages.get(at), thread);
    }

    /** {@code vm_insert_page()} of the zeropage. */
    final String insertZeropage(int at, int thread) {
        return insert(at, machine.platform().memory().zeroPage(), thread);
    }

    /** {@code vm_insert_pages()} of all the driver's pages: the result, then what is left of {@code *num}. */
    final String insertAll(int thread) {
        LocalLong num = new LocalLong(driverPages.size());
        return withVma(
                thread,
                vma -> Errno.name(machine.mm()
                                .insertPage()
                                .vmInsertPages(machine.task(thread), vma, start, driverPages, num))
                        + " num " + num.get());
    }

    /** {@code madvise(MADV_DONTNEED)} of one page. */
    final String dontneed(int at, int thread) {
        return dontneed(addr(at), Address.PAGE_SIZE, thread);
    }

    /** {@code madvise(MADV_DONTNEED)} of everything. */
    final String dontneedAll(int thread) {
        return dontneed(start, length(), thread);
    }

    private String dontneed(long addr, long length, int thread) {
        return finish(thread, task -> machine.mm().madvise().dontneed(task, process, addr, length));
    }

    /** {@code munmap()} of everything. */
    final String munmapAll(int thread) {
        return finish(thread, task -> machine.mm().munmap().munmap(task, process, start, length()));
    }

    /** {@code mprotect()} of everything. */
    final String mprotectAll(long prot, int thread) {
        return finish(thread, task -> machine.mm().mprotect().mprotect(task, process, start, length(), prot));
    }

    private String finish(int thread, ToIntFunction<Task> call) {
        Task task = machine.task(thread);
        String result = Errno.name(call.applyAsInt(task));
        machine.kernel().noteContextSwitch(task);
        return result;
    }

    /** GUP-fast with its fallback, then the release: which pages it gave, or its error. */
    final String gup(int at, int count, int flags, int thread) {
        Task task = machine.task(thread);
        List<Page> pages = new ArrayList<>();
        int result = machine.mm().gupFast().getUserPagesFast(task, process, addr(at), count, flags, pages);
        String names = pages.stream().map(this::name).collect(Collectors.joining());
        pages.forEach(page -> machine.mm().gup().release(task, page, flags));
        return result < 0 ? Errno.name(result) : names;
    }

    private String name(Page page) {
        int driver = driverPages.indexOf(page);
        return driver >= 0 ? String.valueOf((char) ('A' + driver)) : Memory.isZero(page) ? "Z" : "N";
    }

    /** A page fault, without the access that it is for. */
    final String fault(int at, boolean write, int thread) {
        Task task = machine.task(thread);
        int result = machine.mm().pageFault().doUserAddrFault(task, process, addr(at), write, false);
        return (result & FaultResult.SIGSEGV) != 0 ? "SIGSEGV" : (result & FaultResult.SIGBUS) != 0 ? "SIGBUS" : "0";
    }

    /** A load through the TLB: what it reads, or the signal that it gets. */
    final String loadAt(int at, int thread) {
        LocalLong value = new LocalLong(0);
        Outcome outcome = machine.mm().userAccess().load(machine.task(thread), process, addr(at), value);
        return outcome == Outcome.DONE ? Long.toString(value.get()) : outcome.name();
    }

    /** A store through the TLB of the number of the thread: 0, or the signal that it gets. */
    final String storeAt(int at, int thread) {
        Outcome outcome = machine.mm().userAccess().store(machine.task(thread), process, addr(at), thread);
        return outcome == Outcome.DONE ? "0" : outcome.name();
    }

    /** Recounts everything after each execution. */
    @Validate
    public final void audit() {
        machine.audit();
    }
}
