package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** A machine under every monitor, and tasks that do everything the model can do, at random, to two shared mms. */
final class Load {
    static final long PAGE = 4096;
    private static final int TABLE_PAGES = 16;
    private static final int AREA_PAGES = 20;
    private static final int FILE_PAGES = 24;
    private static final int DEVICE = 3;
    private static final long FIRST = 64 * PAGE;
    private static final long STRIDE = 2 * TABLE_PAGES * PAGE;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;

    final ViolationLog log = new ViolationLog(20);
    final LockOrder lockOrder = new LockOrder(log);
    final Kernel kernel;
    final MemoryManager mm;
    final Platform platform;
    final List<Task> tasks = new ArrayList<>();
    final List<Mm> mms = new ArrayList<>();
    final List<AddressSpace> files = new ArrayList<>();
    private final List<OpenFile> opened = new ArrayList<>();
    private final LoadMore more;

    Load(KernelConfig config, int cpus) {
        kernel = new NativeKernel(cpus, new LogMonitor(log), lockOrder, RetryWatch.NONE);
        Monitors monitors = new Monitors(log);
        platform = new Platform(kernel, config, monitors, 2048, 1024);
        monitors.attach(platform);
        mm = new MemoryManager(platform);
        more = new LoadMore(mm, mms);
        for (int cpu = 0; cpu < cpus; cpu++) {
            tasks.add(new Task(cpu, cpu, "task" + cpu));
        }
        AddressSpace.Kind[] kinds = {
            AddressSpace.Kind.SHMEM, AddressSpace.Kind.PAGE_CACHE, AddressSpace.Kind.FSDAX, AddressSpace.Kind.DEVICE
        };
        for (AddressSpace.Kind kind : kinds) {
            AddressSpace file = new AddressSpace(kernel, files.size(), kind, FILE_PAGES);
            files.add(file);
            opened.add(new OpenFile(
                    file,
                    true,
                    kind == AddressSpace.Kind.DEVICE
                            ? this::mapRing
                            : mm.files().operations(file)));
        }
        mms.add(Objects.requireNonNull(mm.mmap().newMm(tasks.get(0))));
        mms.add(Objects.requireNonNull(mm.mmap().newMm(tasks.get(0))));
    }

    /** A driver that maps a fresh page and zeropages, never writable. */
    private int mapRing(Task task, Vma vma) {
        vma.modifyFlags(kernel, platform.monitor(), task, VmFlags.DONTEXPAND, VmFlags.MAYWRITE);
        Page zero = platform.memory().zeroPage();
        Page meta = platform.memory().alloc(task, PageKind.DRIVER);
        if (meta == null) {
            return -Errno.ENOMEM;
        }
        List<Page> pages = List.of(meta, zero, zero, zero, zero);
        int result = mm.insertPage().vmInsertPages(task, vma, vma.start(kernel), pages, new LocalLong(pages.size()));
        platform.folios().put(task, meta, RefKind.OWNER);
        return result;
    }

    /** Runs {@code operations} random operations on every task at once. */
    void run(long seed, int operations) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Task task : tasks) {
            Thread thread = new Thread(() -> work(task, new SplittableRandom(seed + task.id()), operations));
            thread.setUncaughtExceptionHandler((t, e) ->
                    log.violated(new Violation(Invariant.I37, "died of " + e + " at " + e.getStackTrace()[0], task)));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Lets RCU callbacks run, then recounts. */
    List<Violation> audit() {
        tasks.forEach(kernel::rcuBarrier);
        return new QuiescentAudit(platform).run(mms, files, tasks);
    }

    private void work(Task task, SplittableRandom random, int operations) {
        List<Page> held = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            Mm target = mms.get(random.nextInt(mms.size()));
            if (random.nextInt(100) == 0) {
                forkAndExit(task, target, random, held);
            } else {
                step(task, target, random, held);
            }
            kernel.noteContextSwitch(task);
        }
    }

    private void forkAndExit(Task task, Mm parent, SplittableRandom random, List<Page> held) {
        @Nullable Mm child = mm.fork().fork(task, parent, mm.munmap());
        if (child == null) {
            return;
        }
        for (int i = 0; i < 10; i++) {
            step(task, child, random, held);
        }
        mm.munmap().exitMmap(task, child);
    }

    private void step(Task task, Mm target, SplittableRandom random, List<Page> held) {
        int kind = random.nextInt(opened.size() + 2);
        long base = FIRST + kind * STRIDE;
        long addr = base + random.nextInt(AREA_PAGES) * PAGE;
        long length = (1 + random.nextInt(4)) * PAGE;
        switch (random.nextInt(22)) {
            case 16 -> mm.madviseReclaim().free(task, target, addr, length);
            case 17 -> mm.madviseReclaim().pageout(task, target, addr, length);
            case 0 -> map(task, target, base, kind, random);
            case 1 -> unmap(task, target, base, addr, length, random);
            case 2 -> mm.mprotect().mprotect(task, target, addr, length, random.nextBoolean() ? RW : VmFlags.READ);
            case 3 -> mm.mprotect().mprotect(task, target, addr, PAGE, random.nextBoolean() ? RW : 0);
            case 4 -> mm.madvise().dontneed(task, target, addr, length);
            case 5 -> detach(task, target, base, kind, random);
            case 6, 7, 8, 9 -> mm.userAccess().store(task, target, addr, random.nextInt());
            case 10, 11, 12 -> mm.userAccess().load(task, target, addr, new LocalLong(0));
            case 13, 14 -> gup(task, target, addr, random, held);
            case 15 -> file(task, random);
            default -> more.step(task, target, base, addr, length, random);
        }
    }

    private void map(Task task, Mm target, long base, int kind, SplittableRandom random) {
        OpenFile file = kind < opened.size() ? opened.get(kind) : null;
        boolean shared = file != null && random.nextInt(3) > 0;
        long prot = kind == DEVICE ? VmFlags.READ : RW;
        mm.mmap().mmapAt(task, target, base, AREA_PAGES * PAGE, new Mmap.Request(file, shared, prot, 0));
    }

    /** Takes the table of the area away, by one of the three who do that; the area begins with one. */
    private void detach(Task task, Mm target, long base, int kind, SplittableRandom random) {
        if (random.nextBoolean()) {
            mm.madvise().dontneed(task, target, base, TABLE_PAGES * PAGE);
        } else if (kind < files.size()) {
            mm.khugepaged().retractPageTables(task, files.get(kind), 0);
        } else {
            mm.khugepaged().collapse(task, target, base);
        }
    }

    private void unmap(Task task, Mm target, long base, long addr, long length, SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            mm.munmap().munmap(task, target, base, AREA_PAGES * PAGE);
        } else {
            mm.munmap().munmap(task, target, addr, length);
        }
    }

    private void gup(Task task, Mm target, long addr, SplittableRandom random, List<Page> held) {
        int[] wanted = {
            GupFlags.GET,
            GupFlags.GET | GupFlags.WRITE,
            GupFlags.PIN,
            GupFlags.PIN | GupFlags.WRITE,
            GupFlags.PIN | GupFlags.LONGTERM,
            GupFlags.PIN | GupFlags.LONGTERM | GupFlags.WRITE,
            GupFlags.GET | GupFlags.WRITE | GupFlags.FORCE
        };
        int flags = wanted[random.nextInt(wanted.length)];
        held.clear();
        boolean fast = random.nextBoolean() && (flags & GupFlags.FORCE) == 0;
        if (fast) {
            mm.gupFast().getUserPagesFast(task, target, addr, 2, flags, held);
        } else {
            mm.gup().getUserPages(task, target, addr, 2, flags, held);
        }
        if (random.nextInt(4) == 0) {
            mm.userAccess().store(task, target, addr, 1);
        }
        held.forEach(page -> mm.gup().release(task, page, flags));
        held.clear();
    }

    private void file(Task task, SplittableRandom random) {
        int kind = random.nextInt(DEVICE);
        OpenFile file = opened.get(kind);
        int index = random.nextInt(FILE_PAGES);
        switch (random.nextInt(8)) {
            case 4 -> mm.writeback().writePage(task, file.mapping(), index);
            case 5 -> mm.reclaim().shrinkFilePage(task, file.mapping(), index);
            case 6 ->
                mm.reclaim().shrinkFrames(task, random.nextInt(platform.memory().frames()), 8);
            case 7 -> mm.files().dropCaches(task, file.mapping());
            case 0 -> mm.files().punchHole(task, file, index, 1);
            case 1 -> mm.files().fallocate(task, file, index);
            default -> mm.files().write(task, file, index, random.nextInt());
        }
    }

    static KernelConfig after() {
        return KernelConfig.of(Series.AFTER);
    }
}
