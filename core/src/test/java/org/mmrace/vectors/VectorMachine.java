package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.KernelConfigDraft;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.RssStat;
import org.mmrace.op.Machine;
import org.mmrace.op.MachineSize;

/**
 * A machine with one process and driver pages. When it is closed its processes exit, and nothing may be left:
 *
 * <pre>
 * page tables 0, RSS "=", zeropage "ref 1 map 0", driver pages "ref 1 map 0", no warning that nobody looked at
 * </pre>
 */
final class VectorMachine implements AutoCloseable {
    /** How a page is that nobody but its owner holds. */
    static final String UNUSED = "ref 1 map 0";

    private final Recorder recorder = new Recorder();
    private final Machine machine;
    private final Task task;
    private final Mm init;
    private final List<Mm> processes = new ArrayList<>();
    private final Map<Page, String> driverPages = new LinkedHashMap<>();
    private String zeropageLeft = UNUSED;
    private String rssLeft = "=";

    VectorMachine(KernelConfig config) {
        MachineSize size = new MachineSize(2, 256, 64);
        Kernel kernel = new NativeKernel(size.cpus(), recorder, recorder, recorder);
        machine = new Machine(kernel, config, size, recorder);
        task = machine.newTask(0, "vector");
        init = newProcess();
    }

    static VectorMachine of(Series series) {
        return new VectorMachine(KernelConfig.of(series));
    }

    static VectorMachine of(Series series, UnaryOperator<KernelConfigDraft> change) {
        return new VectorMachine(KernelConfig.of(series).with(change));
    }

    /** The cell of a row: what BEFORE shows, or what V1 and AFTER show. */
    <T> T in(T before, T after) {
        return in(before, after, after);
    }

    /** The cell of a row, where V1 shows something of its own. */
    <T> T in(T before, T v1, T after) {
        return switch (machine.config().series()) {
            case BEFORE -> before;
            case V1 -> v1;
            case AFTER -> after;
        };
    }

    boolean is(Series series) {
        return machine.config().series() == series;
    }

    Machine machine() {
        return machine;
    }

    MemoryManager mm() {
        return machine.mm();
    }

    Platform platform() {
        return machine.platform();
    }

    Kernel kernel() {
        return machine.kernel();
    }

    Task task() {
        return task;
    }

    /** Another task, on the other CPU; it acts when {@link Recorder#interrupt} lets it. */
    Task otherTask() {
        return machine.newTask(1, "other");
    }

    /** The process that every machine has. */
    Mm process() {
        return init;
    }

    Recorder recorder() {
        return recorder;
    }

    Mm newProcess() {
        Mm mm = Objects.requireNonNull(machine.newProcess(task));
        processes.add(mm);
        return mm;
    }

    /** {@code fork()} of the process. */
    Mm fork() {
        Mm child = Objects.requireNonNull(mm().fork().fork(task, init, mm().munmap()));
        processes.add(child);
        return child;
    }

    /** One process exits. */
    void exit(Mm mm) {
        assertThat(processes.remove(mm)).isTrue();
        mm().munmap().exitMmap(task, mm);
        assertThat(rss(mm)).as("RSS of %s after exit", mm).isEqualTo(rssLeft);
    }

    Page zeropage() {
        return platform().memory().zeroPage();
    }

    /** A driver's page, ref 1. */
    Page page() {
        return page(PageKind.DRIVER);
    }

    /** A page of this kind that a driver owns, ref 1. */
    Page page(PageKind kind) {
        Page page = Objects.requireNonNull(platform().memory().alloc(task, kind));
        driverPages.put(page, UNUSED);
        return page;
    }

    /** A page whose count a broken driver has forced to 0, and that is so at the end. */
    Page pageWithoutReference() {
        Page page = page();
        leaves(page, "ref 0 map 0");
        platform().folios().setRefCount(task, page, 0);
        return page;
    }

    /** {@code count} driver pages. */
    List<Page> pages(int count) {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(page());
        }
        return pages;
    }

    /** The driver gives its own reference up. */
    void free(Page page) {
        driverPages.remove(page);
        platform().folios().put(task, page, RefKind.OWNER);
    }

    AddressSpace file(AddressSpace.Kind kind, int pages) {
        return machine.newFile(kind, pages);
    }

    /** A mapping of a new file, or of none. */
    Mapping map(VmaShape shape) {
        return map(init, shape, shape.file() == null ? null : file(shape.file(), shape.pages()));
    }

    /** A mapping of {@code file} in process {@code mm}. */
    Mapping map(Mm mm, VmaShape shape, @Nullable AddressSpace file) {
        long start = mmap(mm, shape, file);
        assertThat(start).as("mmap").isPositive();
        return new Mapping(this, mm, start, shape.pages());
    }

    /** The result of mmap(2). */
    long mmap(Mm mm, VmaShape shape, @Nullable AddressSpace file) {
        OpenFile open = file == null ? null : open(shape, file);
        Mmap.Request request = new Mmap.Request(open, shape.shared(), shape.prot(), shape.pgoff());
        return mm().mmap().mmap(task, mm, shape.pages() * Address.PAGE_SIZE, request);
    }

    private OpenFile open(VmaShape shape, AddressSpace file) {
        OpenFile plain = machine.open(file, shape.writable());
        boolean driver = file.kind() == AddressSpace.Kind.DEVICE || file.kind() == AddressSpace.Kind.DEVICE_DAX_INODE;
        return new OpenFile(file, shape.writable(), (by, vma) -> {
            int error = driver ? 0 : plain.ops().mmap(by, vma);
            if (shape.ops() != null) {
                vma.setOps(kernel(), shape.ops());
            }
            vma.modifyFlags(kernel(), recorder, by, shape.set(), shape.clear());
            return error != 0 ? error : shape.hook().mmap(by, vma);
        });
    }

    /** How a page is counted: {@code "ref 2 map 1"}, and for anonymous pages whether they are exclusive. */
    String counts(Page page) {
        String counts = "ref " + platform().folios().refCount(page) + " map "
                + platform().folios().mapcount(page);
        if (!platform().folios().isAnon(page)) {
            return counts;
        }
        return counts + (platform().folios().isAnonExclusive(page) ? " exclusive" : " shared");
    }

    /** The resident-set counters that are not 0, such as {@code "FILE+1 ANON+2"}; {@code "="} if all are. */
    static String rss(Mm mm) {
        List<String> changed = new ArrayList<>();
        for (RssStat.Counter counter : RssStat.Counter.values()) {
            if (mm.rss().get(counter) != 0) {
                changed.add("%s%+d".formatted(counter, mm.rss().get(counter)));
            }
        }
        return changed.isEmpty() ? "=" : String.join(" ", changed);
    }

    /** The functions that warned since the last call. */
    List<String> warnings() {
        return recorder.takeWarnings();
    }

    /** A driver's page will not be clean after exit. */
    void leaves(Page page, String counts) {
        driverPages.put(page, counts);
    }

    /** The zeropage and the RSS will not be clean after exit. */
    void leaves(String zeropage, String rss) {
        zeropageLeft = zeropage;
        rssLeft = rss;
    }

    @Override
    public void close() {
        List.copyOf(processes).forEach(this::exit);
        kernel().rcuBarrier(task);
        assertThat(platform().tables().live()).as("page tables after exit").isZero();
        assertThat(counts(zeropage())).as("zeropage after exit").isEqualTo(zeropageLeft);
        driverPages.forEach((page, left) ->
                assertThat(counts(page)).as("driver's %s after exit", page).isEqualTo(left));
        assertThat(recorder.badPtes()).as("bad PTE reports").isZero();
        assertThat(warnings()).as("warnings").isEmpty();
    }

    /** A result as the rows write it. */
    static String name(long result) {
        return Errno.name(result);
    }
}
