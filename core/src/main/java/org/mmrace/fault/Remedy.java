package org.mmrace.fault;

import java.util.Locale;
import java.util.Optional;

/**
 * A change of the rules that no kernel has yet, and that would close a finding about today's kernels ({@code mmrace
 * findings}). Switched on, the model runs the changed rule; off, it does what kernels do.
 */
public enum Remedy {
    /**
     * {@code insert_page_into_pte_locked()} and {@code insert_pfn()} write-protect an entry for the zeropage, whatever
     * {@code vm_page_prot} says while {@code ->mmap} runs. Closes F02 and F05.
     */
    F02("insertion gives the zeropage no write bit"),
    /**
     * {@code finish_fault()} treats a zeropage as {@code vm_insert_page()} does: special and uncounted where it is
     * allowed, else SIGBUS.
     */
    F03("a ->fault handler cannot map the zeropage where vm_insert_page() would refuse it"),
    /** {@code finish_mkwrite_fault()} gives SIGBUS instead of making an entry for the zeropage writable. */
    F04("a pfn_mkwrite that has replaced nothing does not make the zeropage writable");

    private final String rule;

    Remedy(String rule) {
        this.rule = rule;
    }

    /** What holds with it, in one line. */
    public String rule() {
        return rule;
    }

    /** The one that closes this finding; empty for a fault that is none. */
    public static Optional<Remedy> of(Fault fault) {
        return fault.setting() != Fault.Setting.FINDING
                ? Optional.empty()
                : byId(fault == Fault.F05 ? F02.name() : fault.name());
    }

    /** The remedy with this id, in any case, such as {@code "f02"}. */
    public static Optional<Remedy> byId(String id) {
        String wanted = id.toUpperCase(Locale.ROOT);
        for (Remedy remedy : values()) {
            if (remedy.name().equals(wanted)) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }
}
