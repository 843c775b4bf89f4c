package org.mmrace.mm;

import org.mmrace.kernel.Errno;

/** {@code vm_fault_t}: a bit mask that says how a page fault, or a handler of one, ended. */
public final class FaultResult {
    /** A page was installed by the core. */
    public static final int NONE = 0;
    /** Out of memory. */
    public static final int OOM = 0x1;
    /** Deliver SIGBUS. */
    public static final int SIGBUS = 0x2;
    /** Deliver SIGSEGV. */
    public static final int SIGSEGV = 0x40;
    /** The handler has dealt with the PTE itself. */
    public static final int NOPAGE = 0x100;
    /** The handler returns its folio locked. */
    public static final int LOCKED = 0x200;
    /** Locks were dropped; try again. */
    public static final int RETRY = 0x400;
    /** The handler has done the copy of a COW fault. */
    public static final int DONE_COW = 0x1000;
    /** Done, and locks were dropped. */
    public static final int COMPLETED = 0x4000;

    /** The bits that end a fault with an error. */
    public static final int ERROR = OOM | SIGBUS | SIGSEGV;

    private FaultResult() {}

    /** The name of the first error in {@code result}, {@code "NOPAGE"}, or {@code "0"}, as recordings write it. */
    public static String name(int result) {
        if ((result & OOM) != 0) {
            return "OOM";
        }
        if ((result & SIGBUS) != 0) {
            return "SIGBUS";
        }
        if ((result & SIGSEGV) != 0) {
            return "SIGSEGV";
        }
        if ((result & NOPAGE) != 0) {
            return "NOPAGE";
        }
        return (result & RETRY) != 0 ? "RETRY" : "0";
    }

    /** {@code vmf_error()}: the fault result for an errno. */
    static int ofErrno(int errno) {
        return errno == -Errno.ENOMEM ? OOM : SIGBUS;
    }
}
