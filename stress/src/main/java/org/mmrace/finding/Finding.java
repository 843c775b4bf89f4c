package org.mmrace.finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Remedy;

/**
 * THE LIST: what today's kernels do that breaks an invariant, found by recording them or by running their rules. None
 * is switched on: it is there, until its {@link Remedy} is switched on. docs/findings has the story of each.
 */
public enum Finding {
    /** Shown in the model only. */
    F01(
            "munmap of FSDAX flushes after the VMA has left the rmap of its file",
            "the rules of Linux 6.11, read and run in the model; not shown on a running kernel",
            "I15",
            "tlb_end_vma() flushes FSDAX VMAs as it flushes VM_PFNMAP and VM_MIXEDMAP ones",
            null),
    /** Recorded on 6.12: 12 cases. */
    F02(
            "insertion from ->mmap into a shared writable VM_IO or FSDAX VMA leaves a writable zeropage entry",
            "recorded on Linux 6.12.117",
            "I03 I04",
            "insertion write-protects an entry for the zeropage, whatever vm_page_prot says",
            Remedy.F02),
    /** Recorded on 6.12: 9 cases, and the same on 6.1. */
    F03(
            "a ->fault handler that returns the zeropage maps it writable and counted",
            "recorded on Linux 6.12.117; 6.1 does the same",
            "I02 I03 I04 I05 I07 I08",
            "finish_fault() maps the zeropage special and uncounted where vm_insert_page() would, and refuses elsewhere",
            Remedy.F03),
    /** Recorded on 6.12: 6 cases. */
    F04(
            "a pfn_mkwrite handler that returns 0 makes the zeropage writable",
            "recorded on Linux 6.12.117",
            "I03 I04 I06 I37",
            "finish_mkwrite_fault() gives SIGBUS for an entry that still maps the zeropage",
            Remedy.F04),
    /** Recorded on 6.12: 12 cases. */
    F05(
            "a driver that clears VM_WRITE and VM_MAYWRITE in ->mmap, but not vm_page_prot, maps the zeropage writable",
            "recorded on Linux 6.12.117, with a driver that is wrong itself",
            "I03 I04",
            "as F02: insertion write-protects an entry for the zeropage, whatever vm_page_prot says",
            Remedy.F02);

    /** The recording that all recorded cases are in; {@code mmrace conform} replays it. */
    public static final String RECORDING = "linux-6.12.jsonl.gz";

    private final String title;
    private final String seen;
    private final String breaks;
    private final String ruleChange;
    private final @Nullable Remedy remedy;

    Finding(String title, String seen, String breaks, String ruleChange, @Nullable Remedy remedy) {
        this.title = title;
        this.seen = seen;
        this.breaks = breaks;
        this.ruleChange = ruleChange;
        this.remedy = remedy;
    }

    /** What is wrong, in one line. */
    public String title() {
        return title;
    }

    /** Where it was seen. */
    public String seen() {
        return seen;
    }

    /** The ids of the invariants that it breaks. */
    public List<String> breaks() {
        return List.of(breaks.split(" ", -1));
    }

    /** What would have to change in the kernel. */
    public String ruleChange() {
        return ruleChange;
    }

    /**
     * The same change in the model. Empty for F01, where the model has the changed rule and the fault of that name
     * takes it away.
     */
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** The smallest scenario that shows it. */
    public String scenario() {
        return "scenarios/" + name() + ".scn";
    }

    /** The recorded cases of {@link #RECORDING} that prove it on a real kernel; none when there is no proof. */
    public List<String> cases() {
        try (InputStream in = Finding.class.getResourceAsStream(name() + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The finding with this id, in any case, such as {@code "f02"}. */
    public static Optional<Finding> byId(String id) {
        String wanted = id.toUpperCase(Locale.ROOT);
        for (Finding finding : values()) {
            if (finding.name().equals(wanted)) {
                return Optional.of(finding);
            }
        }
        return Optional.empty();
    }
}
