package org.mmrace.handover;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.op.DriverSpec;
import org.mmrace.op.FileSpec;
import org.mmrace.op.FlagWords;
import org.mmrace.op.PageSpec;
import org.mmrace.op.ProcessSpec;
import org.mmrace.op.VmaSpec;
import org.mmrace.stress.FileKind;
import org.mmrace.stress.Slot;

/**
 * What a scenario declares of a campaign: as many of its processes, files and mappings as somebody asks for, at the
 * addresses that they have there.
 */
final class Declarations {
    private final Log log;
    private final Handler handler;
    private final Map<Long, String> processes = new LinkedHashMap<>();
    private final Map<Long, String> children = new LinkedHashMap<>();
    private final Map<FileKind, String> files = new EnumMap<>(FileKind.class);
    private final Map<FileKind, Integer> backed = new EnumMap<>(FileKind.class);
    private final Map<String, VmaSpec> vmas = new LinkedHashMap<>();
    private final List<PageSpec> fresh = new ArrayList<>();
    private final Set<Slot> mixed = EnumSet.noneOf(Slot.class);
    private int parts;

    Declarations(Log log, Handler handler) {
        this.log = log;
        this.handler = handler;
    }

    /** The name of an address space; declares it unless fork makes it. */
    String process(long mm) {
        return log.isChild(mm)
                ? children.computeIfAbsent(mm, id -> "C" + (children.size() + 1))
                : processes.computeIfAbsent(mm, id -> "P" + (processes.size() + 1));
    }

    /** The children that somebody has asked for, by their address spaces. */
    Map<Long, String> children() {
        return children;
    }

    /** The name of a mapping of a process or its children; declares it. */
    String vma(Slot slot, long mm) {
        String process = process(log.rootOf(mm));
        String name = camel(slot) + (process.equals("P1") ? "" : "Of" + process);
        if (!vmas.containsKey(name)) {
            vmas.put(name, spec(name, process, slot, 0, slot.pages(), driver(slot, null, List.of()), true));
        }
        return name;
    }

    /**
     * A mapping that is not there in the beginning, of a part of a slot.
     *
     * @param insert how the hook of the driver maps {@code pages}, null if it does not
     */
    String part(Slot slot, long mm, int first, int count, DriverSpec.@Nullable Insert insert, List<String> pages) {
        String process = process(log.rootOf(mm));
        String name = camel(slot) + "Again" + ++parts;
        vmas.put(name, spec(name, process, slot, first, count, driver(slot, insert, pages), false));
        return name;
    }

    /** The name of the file that a slot maps; declares it. */
    String file(FileKind kind) {
        return files.computeIfAbsent(kind, any -> camel(any) + "File");
    }

    /** The page that a driver has for a page of its file for good; {@code Z} where that is the zeropage. */
    String backing(FileKind kind, int page) {
        file(kind);
        backed.merge(kind, page, Math::max);
        return backingName(kind, page);
    }

    /** A page that a driver has allocated for one mapping. */
    String freshPage() {
        PageSpec page = new PageSpec("N" + (fresh.size() + 1), PageSpec.Kind.DRIVER);
        fresh.add(page);
        return page.name();
    }

    /** Pages are inserted here outside of the mmap hook, under mmap_lock for reading, so VM_MIXEDMAP must be set. */
    void insertsLater(Slot slot) {
        mixed.add(slot);
    }

    private VmaSpec spec(
            String name, String process, Slot slot, int first, int count, DriverSpec driver, boolean mapped) {
        FileKind kind = slot.file();
        String file = kind == null ? null : file(kind);
        List<String> prot = FlagWords.PROT.names().stream()
                .filter(flag -> (slot.prot() & FlagWords.PROT.bit(flag)) != 0)
                .toList();
        int pgoff = kind == null ? 0 : first;
        return new VmaSpec(
                name, process, file, slot.shared(), prot, count, pgoff, slot.pageNumber(first), mapped, driver);
    }

    private DriverSpec driver(Slot slot, DriverSpec.@Nullable Insert insert, List<String> pages) {
        DriverSpec.Insert how = slot == Slot.PRIVATE_FRAMES ? DriverSpec.Insert.REMAP_PFN_RANGE : insert;
        DriverSpec.Mkwrite pfnMkwrite =
                slot == Slot.IO || slot == Slot.DAX_DEVICE ? DriverSpec.Mkwrite.REPLACE : DriverSpec.Mkwrite.NONE;
        return new DriverSpec(
                set(slot),
                clear(slot),
                how,
                how == DriverSpec.Insert.REMAP_PFN_RANGE ? List.of() : pages,
                fault(slot),
                false,
                DriverSpec.Mkwrite.NONE,
                pfnMkwrite,
                false);
    }

    private List<String> set(Slot slot) {
        List<String> flags = switch (slot) {
            case RING -> List.of("VM_DONTCOPY", "VM_DONTEXPAND", "VM_DONTDUMP");
            case CONSTANTS, TEMPLATE, MIXED -> List.of("VM_MIXEDMAP");
            case IO -> List.of("VM_IO", "VM_MIXEDMAP", "VM_DONTEXPAND", "VM_DONTDUMP");
            case FRAMES -> List.of("VM_IO", "VM_PFNMAP", "VM_DONTEXPAND", "VM_DONTDUMP");
            default -> List.of();
        };
        List<String> all = new ArrayList<>(flags);
        if (mixed.contains(slot)) {
            all.add("VM_MIXEDMAP");
        }
        return FlagWords.VM.inOrder(all);
    }

    private static List<String> clear(Slot slot) {
        return switch (slot) {
            case RING -> List.of("VM_MAYWRITE");
            case CACHE_READ_ONLY -> FlagWords.VM.inOrder(List.of("VM_SHARED", "VM_MAYWRITE"));
            default -> List.of();
        };
    }

    private DriverSpec.Fault fault(Slot slot) {
        return switch (slot) {
            case CONSTANTS, TEMPLATE -> handler == Handler.PAGE ? DriverSpec.Fault.PAGE : DriverSpec.Fault.INSERT;
            case BUFFER -> DriverSpec.Fault.PAGE;
            case FRAMES -> DriverSpec.Fault.PFN;
            case MIXED -> DriverSpec.Fault.MIXED;
            case IO, DAX_DEVICE -> DriverSpec.Fault.ZEROPAGE;
            default -> DriverSpec.Fault.NONE;
        };
    }

    private String backingName(FileKind kind, int page) {
        boolean zero = switch (kind) {
            case RING -> page % 4 != 0 && page <= 4;
            case CONSTANTS, TEMPLATE -> handler == Handler.ZEROPAGE;
            default -> false;
        };
        return zero ? PageSpec.ZEROPAGE : camel(kind) + "Page" + page;
    }

    private static PageSpec.Kind pageKind(FileKind kind) {
        return kind == FileKind.DAX_DEVICE ? PageSpec.Kind.DEVMAP : PageSpec.Kind.DRIVER;
    }

    private static String camel(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    List<ProcessSpec> processSpecs() {
        return processes.values().stream()
                .map(name -> new ProcessSpec(name, false))
                .toList();
    }

    List<FileSpec> fileSpecs() {
        List<FileSpec> specs = new ArrayList<>();
        files.forEach((kind, name) -> {
            boolean readOnly = kind == FileKind.RING || kind == FileKind.CONSTANTS;
            int pages = kind == FileKind.RING ? Slot.RING_PAGES : Slot.PAGES;
            specs.add(new FileSpec(name, fileKind(kind), pages, readOnly, 0, backing(kind)));
        });
        return specs;
    }

    private List<String> backing(FileKind kind) {
        List<String> names = new ArrayList<>();
        for (int page = 0; page <= backed.getOrDefault(kind, -1); page++) {
            names.add(backingName(kind, page));
        }
        return names;
    }

    private static FileSpec.Kind fileKind(FileKind kind) {
        return switch (kind) {
            case SHMEM -> FileSpec.Kind.SHMEM;
            case CACHE -> FileSpec.Kind.PAGE_CACHE;
            case DAX -> FileSpec.Kind.DAX;
            case VIRTIOFS -> FileSpec.Kind.VIRTIOFS;
            case DAX_DEVICE -> FileSpec.Kind.DAX_DRIVER;
            default -> FileSpec.Kind.DRIVER;
        };
    }

    List<PageSpec> pageSpecs() {
        List<PageSpec> specs = new ArrayList<>();
        backed.forEach((kind, top) -> backing(kind).stream()
                .filter(name -> !name.equals(PageSpec.ZEROPAGE))
                .forEach(name -> specs.add(new PageSpec(name, pageKind(kind)))));
        specs.addAll(fresh);
        return specs;
    }

    List<VmaSpec> vmaSpecs() {
        List<VmaSpec> specs = new ArrayList<>();
        vmas.values().forEach(vma -> {
            Slot slot = Slot.at(vma.addr(0));
            DriverSpec driver = vma.driver();
            specs.add(
                    slot == null || !mixed.contains(slot)
                            ? vma
                            : new VmaSpec(
                                    vma.name(),
                                    vma.process(),
                                    vma.file(),
                                    vma.shared(),
                                    vma.prot(),
                                    vma.pages(),
                                    vma.pgoff(),
                                    vma.page(),
                                    vma.mapped(),
                                    driver.withSet(set(slot))));
        });
        return specs;
    }
}
