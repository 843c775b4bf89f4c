package org.mmrace.handover;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.op.Arg;
import org.mmrace.op.PageSpec;
import org.mmrace.op.Step;
import org.mmrace.stress.FileKind;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.MapPlan;
import org.mmrace.stress.Slot;

/** What our drivers map: the zeropage, their own page for a place, or one that they allocate, map and forget. */
final class Insertions {
    private final Declarations names;

    Insertions(Declarations names) {
        this.names = names;
    }

    /** The steps of a driver that maps pages outside of an mmap hook, at {@code place}. */
    List<Step> inserted(LoggedOperation operation, Slot slot, Arg.Region place) {
        FileKind kind = slot.file();
        if (kind == null || !kind.isDriver()) {
            return List.of();
        }
        return switch (operation.kind()) {
            case VM_INSERT_PAGE -> insertPage(operation, slot, place);
            case VM_INSERT_PAGES -> insertPages(operation, slot, place);
            case VMF_INSERT_MIXED, VMF_INSERT_MIXED_MKWRITE -> {
                String page = operation.isZeropage(0) ? PageSpec.ZEROPAGE : names.backing(kind, operation.page());
                yield List.of(Conversion.step(operation.kind().label(), place, new Arg.Name(page)));
            }
            default -> List.of(Conversion.step("vmf_insert_pfn", place, new Arg.Number(operation.page())));
        };
    }

    private List<Step> insertPage(LoggedOperation operation, Slot slot, Arg.Region place) {
        String page = page(operation, slot, 0);
        List<Step> steps = new ArrayList<>();
        if (operation.writeLocked()) {
            steps.add(Conversion.step("vm_insert_page", place, new Arg.Name(page)));
        } else {
            names.insertsLater(slot);
            steps.add(Conversion.step("vm_insert_page", place, new Arg.Name(page), new Arg.Name("mmap_read_lock")));
        }
        forget(page, steps);
        return steps;
    }

    private List<Step> insertPages(LoggedOperation operation, Slot slot, Arg.Region place) {
        List<String> pages = pages(operation, slot);
        names.insertsLater(slot);
        List<Arg> args = new ArrayList<>(List.of(place));
        pages.forEach(page -> args.add(new Arg.Name(page)));
        List<Step> steps = new ArrayList<>(List.of(Conversion.step("vm_insert_pages", args.toArray(new Arg[0]))));
        pages.forEach(page -> forget(page, steps));
        return steps;
    }

    /** The pages that an mmap hook maps. */
    List<String> hooked(LoggedOperation operation, Slot slot) {
        FileKind kind = slot.file();
        if (kind == null || operation.plan() == MapPlan.NONE || operation.plan() == MapPlan.REMAP) {
            return List.of();
        }
        List<String> pages = new ArrayList<>();
        if (operation.plan() == MapPlan.MAP_PAGES) {
            for (int i = 0; i < operation.page(); i++) {
                pages.add(PageSpec.ZEROPAGE); // vm_map_pages() skips as many as the offset of the mapping says
            }
        }
        pages.addAll(pages(operation, slot));
        return pages;
    }

    private List<String> pages(LoggedOperation operation, Slot slot) {
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < Math.max(1, operation.pages()); i++) {
            pages.add(page(operation, slot, i));
        }
        return pages;
    }

    private String page(LoggedOperation operation, Slot slot, int i) {
        FileKind kind = slot.file();
        if (operation.isZeropage(i)) {
            return PageSpec.ZEROPAGE;
        }
        return kind == FileKind.RING || kind == FileKind.IO
                ? names.backing(kind, operation.page() + i)
                : names.freshPage();
    }

    /** Whatever maps a fresh page keeps it; the driver drops its reference at once. */
    private static void forget(String page, List<Step> steps) {
        if (page.startsWith("N")) {
            steps.add(Conversion.step("__free_page", new Arg.Name(page)));
        }
    }
}
