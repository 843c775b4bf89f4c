package org.mmrace.check;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.mmrace.kernel.Task;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.Mremap;
import org.mmrace.mm.Userfaultfd;
import org.mmrace.mm.VmFlags;

/** The part of {@link Load} that moves mappings, and has the kernel change entries behind the tasks' backs. */
final class LoadMore {
    private static final long PAGE = Load.PAGE;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;
    private static final long STACK = 300 * PAGE;

    private final MemoryManager mm;
    private final List<Mm> lasting;

    /** Of the mms only {@code lasting} stay for the whole run. */
    LoadMore(MemoryManager mm, List<Mm> lasting) {
        this.mm = mm;
        this.lasting = lasting;
    }

    void step(Task task, Mm target, long base, long addr, long length, SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0, 1 -> mremap(task, target, base, addr, length, random);
            case 2 -> userfaultfd(task, target, addr, random);
            case 3 -> merge(task, target, addr, random);
            case 4 -> stack(task, target, random);
            default -> forget(task, target);
        }
    }

    private void mremap(Task task, Mm target, long base, long addr, long length, SplittableRandom random) {
        long to = base + random.nextInt(16) * PAGE;
        Set<Mremap.Flag> flags = switch (random.nextInt(4)) {
            case 0 -> Set.of();
            case 1 -> Set.of(Mremap.Flag.MAYMOVE, Mremap.Flag.DONTUNMAP);
            default -> Set.of(Mremap.Flag.MAYMOVE, Mremap.Flag.FIXED);
        };
        long newLength = random.nextInt(3) == 0 ? (1 + random.nextInt(4)) * PAGE : length;
        long moved = mm.mremap().mremap(task, target, addr, length, newLength, flags, to);
        if (flags.contains(Mremap.Flag.DONTUNMAP) && moved > 0) {
            mm.munmap().munmap(task, target, moved, length);
        }
    }

    private void userfaultfd(Task task, Mm target, long addr, SplittableRandom random) {
        Userfaultfd uffd = mm.userfaultfd();
        switch (random.nextInt(12)) {
            case 0 -> uffd.register(task, target, addr, PAGE, Userfaultfd.MODE_MISSING, false);
            case 1 -> uffd.register(task, target, addr, 2 * PAGE, Userfaultfd.MODE_WP, random.nextBoolean());
            case 2, 3, 4 -> uffd.unregister(task, target, addr, 3 * PAGE);
            case 5 -> uffd.zeropage(task, target, addr);
            case 6 -> uffd.copy(task, target, addr, random.nextInt(), random.nextBoolean());
            case 7 -> uffd.continueMapping(task, target, addr);
            case 8, 9 -> uffd.writeProtect(task, target, addr, PAGE, false);
            default -> uffd.writeProtect(task, target, addr, PAGE, true);
        }
    }

    private void merge(Task task, Mm target, long addr, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            mm.ksm().madviseMergeable(task, target, addr, PAGE);
        }
        mm.userAccess().store(task, target, addr, 0);
        mm.ksm().mergeZero(task, target, addr);
    }

    private void stack(Task task, Mm target, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> mm.mmap().mmapAt(task, target, STACK, PAGE, Mmap.Request.stack(RW));
            case 1 -> mm.munmap().munmap(task, target, STACK - 24 * PAGE, random.nextInt(1, 26) * PAGE);
            default -> mm.userAccess().store(task, target, STACK - random.nextInt(24) * PAGE, 1);
        }
    }

    /** Only children forbid the zeropage, because that is for ever. */
    private void forget(Task task, Mm target) {
        mm.clearRefs().clearSoftDirty(task, target);
        if (!lasting.contains(target)) {
            mm.cowSharing().disable(task, target);
        }
    }
}
