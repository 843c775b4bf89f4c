package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Pte;
import org.mmrace.mm.Vma;

/** Words for what the checks see. Off the good path: nothing here runs while invariants hold. */
final class Reporter {
    private final ViolationSink sink;

    Reporter(ViolationSink sink) {
        this.sink = sink;
    }

    void report(Invariant invariant, @Nullable Task task, String message) {
        sink.violated(new Violation(invariant, message, task));
    }

    /** An entry, such as {@code "Zsa pfn 1"}. */
    static String pte(long pte) {
        long pfn = Pte.pfn(pte);
        return Pte.isPresent(pte) ? Pte.toString(pte, Memory.isZero(pfn)) + " pfn " + pfn : "-";
    }

    static String hex(long addr) {
        return "0x" + Long.toHexString(addr);
    }

    /** A place, such as {@code "mm1 vma:3 0x10000"}. */
    static String at(Vma vma, long addr) {
        return vma.mm() + " " + vma + " " + hex(addr);
    }
}
