package org.mmrace.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;
import org.mmrace.op.Arg;
import org.mmrace.op.DriverSpec;
import org.mmrace.op.FlagWords;
import org.mmrace.op.OpKind;
import org.mmrace.op.Step;
import org.mmrace.stress.FileKind;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.OpResult;
import org.mmrace.stress.Slot;

/** Writes operations of a campaign as steps of a scenario, one worker's after the other's or in the order of time. */
final class Conversion {
    /** Pages that a worker holds, under the name of the result that has them. */
    private record Held(String result, int worker, LoggedOperation got, boolean pin) {
        boolean has(int who, LoggedOperation release) {
            return who == worker
                    && got.argument() == release.argument()
                    && got.slot() == release.slot()
                    && release.page() >= got.page()
                    && release.page() < got.page() + got.pages();
        }
    }

    private final Log log;
    private final Declarations names;
    private final List<Held> held = new ArrayList<>();
    private int results;
    private long data;

    Conversion(Log log, Declarations names) {
        this.log = log;
        this.names = names;
    }

    /**
     * The steps of one operation; none for what was not tried, or what a scenario has no words for.
     *
     * @param home the address space of the script that they go into, whose pages need no process before them; null for
     *     the setup, where a mapping is that of the process that it is declared in
     */
    List<Step> steps(Log.Entry entry, @Nullable Long home) {
        LoggedOperation operation = entry.operation();
        if (operation.result() == OpResult.UNMAPPED) {
            return List.of();
        }
        return switch (operation.kind()) {
            case FORK -> fork(operation);
            case EXIT_MMAP -> List.of(step("exit_mmap", new Arg.Name(names.process(operation.argument()))));
            default -> operation.slot() == null ? List.of() : atPlace(entry, operation.slot(), home);
        };
    }

    private List<Step> fork(LoggedOperation operation) {
        return operation.argument() == 0 && !operation.inFlight()
                ? List.of()
                : List.of(forkOf(operation.mm(), childOf(operation)));
    }

    /** A fork that was under way has no child yet. */
    private String childOf(LoggedOperation operation) {
        return operation.argument() == 0 ? "C0" : names.process(operation.argument());
    }

    /** The step that makes a child. */
    Step forkOf(long parent, String child) {
        return step("fork", new Arg.Name(child), new Arg.Name(names.process(parent)));
    }

    private List<Step> atPlace(Log.Entry entry, Slot slot, @Nullable Long home) {
        LoggedOperation operation = entry.operation();
        Arg.Region page = region(slot, operation, 1, home);
        Arg.Region pages = region(slot, operation, operation.pages(), home);
        return switch (operation.kind()) {
            case LOAD -> List.of(step("load", faulting(slot, page)));
            case STORE -> List.of(step("store", faulting(slot, page), nextData()));
            case MADV_DONTNEED -> List.of(step("madvise_dontneed", pages));
            case MADV_FREE -> List.of(step("madvise_free", pages));
            case MADV_PAGEOUT -> List.of(step("madvise_pageout", pages));
            case MUNMAP -> List.of(step("munmap", pages));
            case ZAP_VMA_PTES -> List.of(step("zap_vma_ptes", page));
            case MPROTECT -> List.of(step("mprotect", pages, prot(operation.argument())));
            case GET_USER_PAGES, GET_USER_PAGES_FAST -> List.of(got(entry, faulting(slot, pages), false));
            case PIN_USER_PAGES, PIN_USER_PAGES_FAST -> List.of(got(entry, faulting(slot, pages), true));
            case PUT_PAGE, UNPIN_USER_PAGE -> released(entry, slot);
            case VM_INSERT_PAGE, VM_INSERT_PAGES, VMF_INSERT_MIXED, VMF_INSERT_MIXED_MKWRITE, VMF_INSERT_PFN ->
                new Insertions(names).inserted(operation, slot, page);
            case MMAP, VM_MAP_PAGES, VM_MAP_PAGES_ZERO, REMAP_PFN_RANGE -> mapped(operation, slot, home);
            default -> toFile(operation, slot);
        };
    }

    private List<Step> toFile(LoggedOperation operation, Slot slot) {
        FileKind kind = slot.file();
        if (kind == null) {
            return List.of();
        }
        String file = names.file(kind);
        int first = operation.page();
        Arg.Region page = new Arg.Region(null, file, first, first);
        Arg.Region pages = new Arg.Region(null, file, first, first + operation.pages() - 1);
        return switch (operation.kind()) {
            case PUNCH_HOLE -> List.of(step("punch_hole", pages));
            case TRUNCATE -> List.of(step("ftruncate", new Arg.Name(file), new Arg.Number(operation.argument())));
            case UNMAP_MAPPING_PAGES -> List.of(step("unmap_mapping_pages", pages));
            case WRITE -> List.of(step("write", page, nextData()));
            case FALLOCATE -> List.of(step("fallocate", page));
            case FSYNC -> List.of(step("fsync", new Arg.Name(file)));
            case WRITEPAGES -> List.of(step("writepages", page));
            case SHRINK_FOLIO_LIST -> List.of(step("shrink_folio_list", page));
            default -> List.of();
        };
    }

    /** What a fault at these pages finds must be there. */
    private Arg.Region faulting(Slot slot, Arg.Region pages) {
        FileKind kind = slot.file();
        boolean mayBeDevice = slot == Slot.FRAMES || slot == Slot.PRIVATE_FRAMES || slot == Slot.RING;
        if (kind != null && kind.isDriver() && !mayBeDevice) {
            names.backing(kind, pages.last());
        }
        return pages;
    }

    private Step got(Log.Entry entry, Arg.Region pages, boolean pin) {
        LoggedOperation operation = entry.operation();
        String result = "p" + ++results;
        held.add(new Held(result, entry.worker(), operation, pin));
        List<String> flags = FlagWords.FOLL.names().stream()
                .filter(flag -> (operation.argument() & FlagWords.FOLL.bit(flag)) != 0)
                .toList();
        List<Arg> args = new ArrayList<>(List.of(pages));
        if (!flags.isEmpty()) {
            args.add(new Arg.Flags(flags));
        }
        return new Step(result, kind(operation.kind().label()), args, 0, 0);
    }

    /** All pages of a result are released at once, where the worker released the first of them. */
    private List<Step> released(Log.Entry entry, Slot slot) {
        LoggedOperation operation = entry.operation();
        for (int i = held.size() - 1; i >= 0; i--) {
            Held pages = held.get(i);
            if (pages.has(entry.worker(), operation)) {
                held.remove(i);
                Arg.Name result = new Arg.Name(pages.result());
                boolean write = (operation.argument() & GupFlags.WRITE) != 0 && (pages.pin() || slot.shared());
                Stream<Step> transfer = write
                        ? Stream.of(step("dma_write", result, nextData()), step("set_page_dirty_lock", result))
                        : Stream.of();
                return Stream.concat(transfer, Stream.of(release(pages))).toList();
            }
        }
        return List.of();
    }

    private static Step release(Held pages) {
        return step(pages.pin() ? "unpin_user_page" : "put_page", new Arg.Name(pages.result()));
    }

    /** Releases what is held in the end. */
    List<Step> releaseAll() {
        return held.stream().map(Conversion::release).toList();
    }

    /** Only mappings of the script's own process can be made. */
    private List<Step> mapped(LoggedOperation operation, Slot slot, @Nullable Long home) {
        if (log.isChild(operation.mm()) || (home != null && home != operation.mm())) {
            return List.of();
        }
        DriverSpec.Insert insert = switch (operation.plan()) {
            case INSERT_PAGE -> DriverSpec.Insert.VM_INSERT_PAGE;
            case INSERT_PAGES -> DriverSpec.Insert.VM_INSERT_PAGES;
            case MAP_PAGES -> DriverSpec.Insert.VM_MAP_PAGES;
            case MAP_PAGES_ZERO -> DriverSpec.Insert.VM_MAP_PAGES_ZERO;
            case REMAP -> DriverSpec.Insert.REMAP_PFN_RANGE;
            case NONE -> null;
        };
        boolean whole = operation.page() == 0 && operation.pages() == slot.pages();
        if (insert == null && whole) {
            return List.of(step("mmap", new Arg.Name(names.vma(slot, operation.mm()))));
        }
        List<String> pages = new Insertions(names).hooked(operation, slot);
        DriverSpec.Insert how = pages.isEmpty() && insert != DriverSpec.Insert.REMAP_PFN_RANGE ? null : insert;
        String part = names.part(slot, operation.mm(), operation.page(), operation.pages(), how, pages);
        return List.of(step("mmap", new Arg.Name(part)));
    }

    private Arg.Region region(Slot slot, LoggedOperation operation, int count, @Nullable Long home) {
        String vma = names.vma(slot, operation.mm());
        boolean own = home == null ? !log.isChild(operation.mm()) : home == operation.mm();
        int first = operation.page();
        int last = Math.min(slot.pages(), first + Math.max(1, count)) - 1;
        return new Arg.Region(own ? null : names.process(operation.mm()), vma, first, last);
    }

    private static Arg prot(long flags) {
        return new Arg.Flags(
                flags == 0
                        ? List.of("PROT_NONE")
                        : (flags & VmFlags.WRITE) != 0 ? List.of("PROT_READ", "PROT_WRITE") : List.of("PROT_READ"));
    }

    private Arg nextData() {
        return new Arg.Number(++data);
    }

    private static OpKind kind(String name) {
        return OpKind.byName(name).orElseThrow(() -> new IllegalArgumentException("no operation " + name));
    }

    static Step step(String name, Arg... args) {
        return new Step(null, kind(name), List.of(args), 0, 0);
    }
}
