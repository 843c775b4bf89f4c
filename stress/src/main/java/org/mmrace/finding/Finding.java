package org.mmrace.finding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Remedy;

/**
 * THE LIST: what today's kernels do that breaks an invariant, found by recording them or by running their rules. None
 * is switched on: it is there, until its {@link Remedy} is switched on. docs/findings has the story of each.
 */
public enum Finding {
    /** Shown in the model only. */
    F01(
            Fault.F01,
            "the rules of Linux 6.11, read and run in the model; not shown on a running kernel",
            "tlb_end_vma() flushes FSDAX VMAs as it flushes VM_PFNMAP and VM_MIXEDMAP ones"),
    /** Recorded on 6.12: 12 cases. */
    F02(
            Fault.F02,
            "recorded on Linux 6.12.117: a shared writable VMA of a driver with pfn_mkwrite, VM_IO or FSDAX",
            "insertion write-protects an entry for the zeropage, whatever vm_page_prot says"),
    /** Recorded on 6.12: 9 cases, and the same on 6.1. */
    F03(
            Fault.F03,
            "recorded on Linux 6.12.117; 6.1 does the same",
            "finish_fault() maps the zeropage special and uncounted where vm_insert_page() would, else refuses"),
    /** Recorded on 6.12: 6 cases. */
    F04(
            Fault.F04,
            "recorded on Linux 6.12.117",
            "finish_mkwrite_fault() gives SIGBUS for an entry that still maps the zeropage"),
    /** Recorded on 6.12: 12 cases. */
    F05(
            Fault.F05,
            "recorded on Linux 6.12.117: ->mmap clears VM_WRITE and VM_MAYWRITE, but not vm_page_prot",
            "as F02: insertion write-protects an entry for the zeropage, whatever vm_page_prot says"),
    /** Shown in the model only. */
    F06(
            Fault.F06,
            "the rules of Linux 6.11, read and run in the model; not shown on a running kernel",
            "shrink_folio_list() flushes what it has unmapped before it unlocks a dirty folio that stays");

    /** The recording that all recorded cases are in; {@code mmrace conform} replays it. */
    public static final String RECORDING = "linux-6.12.jsonl.gz";

    private final Fault fault;
    private final String seen;
    private final String ruleChange;

    Finding(Fault fault, String seen, String ruleChange) {
        this.fault = fault;
        this.seen = seen;
        this.ruleChange = ruleChange;
    }

    /** The same in the catalogue of faults, which scenarios name. */
    public Fault fault() {
        return fault;
    }

    /** What is wrong, in one line. */
    public String title() {
        return fault.title();
    }

    /** Where it was seen. */
    public String seen() {
        return seen;
    }

    /** The ids of the invariants that it breaks. */
    public List<String> breaks() {
        return fault.caughtBy();
    }

    /** What would have to change in the kernel. */
    public String ruleChange() {
        return ruleChange;
    }

    /**
     * The same change in the model. Empty for F01 and F06, where the model has the changed rule and the fault of that
     * name takes it away.
     */
    public Optional<Remedy> remedy() {
        return Remedy.of(fault);
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
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
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
