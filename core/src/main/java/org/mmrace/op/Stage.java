package org.mmrace.op;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.RingBuffer;

/**
 * What a scenario names, on one machine. Forked processes and named results are shared between tasks through the
 * kernel's cells; the rest does not change.
 */
public final class Stage {
    private record Process(Mm mm, Ghost exited) {}

    private final Machine machine;
    private final Kernel kernel;
    private final Map<String, AddressSpace> files = new LinkedHashMap<>();
    private final Map<String, RingBuffer> rings = new LinkedHashMap<>();
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, RcuPointer<Mm>> forked = new LinkedHashMap<>();
    private final Map<String, RcuPointer<Result>> results = new LinkedHashMap<>();
    private final Map<String, FileSpec> fileSpecs = new LinkedHashMap<>();
    private final Map<String, VmaSpec> vmas = new LinkedHashMap<>();
    private final Map<String, OpenFile> opened = new LinkedHashMap<>();

    /**
     * Makes the files, pages and processes, and maps what is mapped from the beginning.
     *
     * @throws SetupFailedException when something of it is refused
     */
    public Stage(Machine machine, StageSpec spec, Task task) {
        this.machine = machine;
        this.kernel = machine.kernel();
        spec.files().forEach(file -> {
            fileSpecs.put(file.name(), file);
            files.put(file.name(), machine.newFile(file.kind().space(), file.pages()));
            if (file.kind() == FileSpec.Kind.RING_BUFFER) {
                rings.put(file.name(), newRing(task, file));
            }
        });
        StagePages stagePages = new StagePages(machine, task);
        pages.put(PageSpec.ZEROPAGE, machine.platform().memory().zeroPage());
        spec.pages().forEach(page -> pages.put(page.name(), stagePages.make(page)));
        spec.processes().forEach(process -> processes.put(process.name(), start(task, process)));
        spec.forked().forEach(name -> forked.put(name, new RcuPointer<>(null)));
        spec.results().forEach(name -> results.put(name, new RcuPointer<>(null)));
        spec.vmas().forEach(vma -> {
            vmas.put(vma.name(), vma);
            opened.put(vma.name(), openFor(vma));
        });
        for (VmaSpec vma : spec.vmas()) {
            long at = vma.mapped() ? mmap(task, vma.name(), process(vma.process())) : 0;
            if (at < 0) {
                throw new SetupFailedException("mmap of " + vma.name() + " gave " + Errno.name(at));
            }
        }
    }

    private RingBuffer newRing(Task task, FileSpec file) {
        RingBuffer ring = machine.mm().newRingBuffer(task, file.order(), file.pages() >> file.order());
        if (ring == null) {
            throw new SetupFailedException("the machine has no memory left for ring buffer " + file.name());
        }
        return ring;
    }

    private Process start(Task task, ProcessSpec process) {
        Mm mm = machine.newProcess(task);
        if (mm == null) {
            throw new SetupFailedException("no page table is left for process " + process.name());
        }
        if (process.forbidsZeropage()) {
            mm.setForbidsZeropage(kernel, true);
        }
        return new Process(mm, new Ghost());
    }

    private @Nullable OpenFile openFor(VmaSpec vma) {
        if (vma.file() == null) {
            return null;
        }
        FileSpec file = known(fileSpecs, vma.file());
        AddressSpace space = file(vma.file());
        OpenFile plain = machine.open(space, !file.readOnly());
        RingBuffer ring = rings.get(file.name());
        Driver driver = new Driver(this, vma, file, ring == null ? plain.ops() : ring);
        return new OpenFile(space, !file.readOnly(), driver);
    }

    /** {@code mmap(2)} of a declared VMA, at its place: 0, or a negative errno. */
    long mmap(Task task, String name, Mm mm) {
        VmaSpec vma = vma(name);
        Mmap.Request request = new Mmap.Request(
                opened.get(name),
                vma.shared(),
                FlagWords.PROT.bits(vma.prot()),
                vma.pgoff(),
                vma.file() == null && vma.driver().set().contains("VM_GROWSDOWN"));
        return Math.min(0, machine.mm().mmap().mmapAt(task, mm, vma.addr(0), vma.length(), request));
    }

    private static <T> T known(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException("the scenario declares no " + name);
        }
        return thing;
    }

    /** What the cells of the machine are called in the words of the scenario; for traces. */
    public StageNames names() {
        Map<String, RcuPointer<?>> pointers = new LinkedHashMap<>();
        forked.forEach((name, pointer) -> pointers.put("process " + name, pointer));
        results.forEach((name, pointer) -> pointers.put("result " + name, pointer));
        return new StageNames(this, pages, List.copyOf(vmas.values()), pointers);
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** A file. */
    public AddressSpace file(String name) {
        return known(files, name);
    }

    /** A descriptor of a file, for system calls on files. */
    public OpenFile open(String name) {
        FileSpec file = known(fileSpecs, name);
        return machine.open(file(name), !file.readOnly());
    }

    /** A driver's page, or the zeropage. */
    public Page page(String name) {
        return known(pages, name);
    }

    /** A VMA, as declared. */
    public VmaSpec vma(String name) {
        return known(vmas, name);
    }

    /** All files. */
    public List<AddressSpace> files() {
        return List.copyOf(files.values());
    }

    /** All files by their names. */
    Map<String, AddressSpace> fileNames() {
        return files;
    }

    /** A process; throws {@link MissingException} while it does not exist. */
    Mm process(String name) {
        Process process = processes.get(name);
        Mm mm = process == null ? kernel.rcuDereference(known(forked, name)) : process.mm();
        if (mm == null || (process != null && process.exited().get() != 0)) {
            throw new MissingException(name);
        }
        return mm;
    }

    void forked(String name, Mm mm) {
        kernel.rcuAssignPointer(known(forked, name), mm);
    }

    void exited(String name) {
        Process process = processes.get(name);
        if (process == null) {
            kernel.rcuAssignPointer(known(forked, name), null);
        } else {
            process.exited().set(1);
        }
    }

    /** The processes that exist now. */
    public Map<String, Mm> processes() {
        Map<String, Mm> alive = new LinkedHashMap<>();
        processes.forEach((name, process) -> {
            if (process.exited().get() == 0) {
                alive.put(name, process.mm());
            }
        });
        forked.forEach((name, pointer) -> {
            Mm mm = kernel.rcuDereference(pointer);
            if (mm != null) {
                alive.put(name, mm);
            }
        });
        return alive;
    }

    void publish(String name, Result result) {
        kernel.rcuAssignPointer(known(results, name), result);
    }

    /** A named result; {@link Result#NONE} before its operation has run. */
    public Result result(String name) {
        Result result = kernel.rcuDereference(known(results, name));
        return result == null ? Result.NONE : result;
    }

    /** The address spaces that exist now. */
    public List<Mm> mms() {
        return new ArrayList<>(processes().values());
    }
}
