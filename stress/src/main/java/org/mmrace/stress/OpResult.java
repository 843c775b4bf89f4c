package org.mmrace.stress;

import org.mmrace.kernel.Errno;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.UserAccess;

/** How an operation ended. Failures of single operations are results like any other. */
public enum OpResult {
    /** It did what it was asked for. */
    OK("ok"),
    /** Fewer pages than asked for. */
    PARTIAL("partial"),
    /** No page, and no error: what {@code FOLL_FAST_ONLY} gives. */
    NONE("none"),
    /** The page-table entry was dealt with. */
    NOPAGE("NOPAGE"),
    /** Nothing, or nothing fit, is mapped there: not tried. */
    UNMAPPED("unmapped"),
    /** {@code -EPERM}. */
    EPERM("-EPERM"),
    /** {@code -EINTR}. */
    EINTR("-EINTR"),
    /** {@code -ENXIO}. */
    ENXIO("-ENXIO"),
    /** {@code -EBADF}. */
    EBADF("-EBADF"),
    /** {@code -ENOMEM}. */
    ENOMEM("-ENOMEM"),
    /** {@code -EACCES}. */
    EACCES("-EACCES"),
    /** {@code -EFAULT}. */
    EFAULT("-EFAULT"),
    /** {@code -EBUSY}. */
    EBUSY("-EBUSY"),
    /** {@code -EEXIST}. */
    EEXIST("-EEXIST"),
    /** {@code -EINVAL}. */
    EINVAL("-EINVAL"),
    /** {@code -EOPNOTSUPP}. */
    EOPNOTSUPP("-EOPNOTSUPP"),
    /** Another errno. */
    OTHER("other"),
    /** The process gets SIGSEGV. */
    SIGSEGV("SIGSEGV"),
    /** The process gets SIGBUS. */
    SIGBUS("SIGBUS"),
    /** Out of memory in a page fault. */
    OOM("OOM"),
    /** The task was killed. */
    KILLED("killed"),
    /** The simulated kernel crashed. */
    BUG("BUG"),
    /** The machine was switched off meanwhile. */
    HALTED("halted"),
    /** It has not ended. */
    RUNNING("...");

    private final String label;

    OpResult(String label) {
        this.label = label;
    }

    /** Its name in tables and files. */
    public String label() {
        return label;
    }

    /** For what gives 0 or more, or a negative errno. */
    static OpResult ofErrno(long result) {
        if (result >= 0) {
            return OK;
        }
        return switch ((int) -result) {
            case Errno.EPERM -> EPERM;
            case Errno.EINTR -> EINTR;
            case Errno.ENXIO -> ENXIO;
            case Errno.EBADF -> EBADF;
            case Errno.ENOMEM -> ENOMEM;
            case Errno.EACCES -> EACCES;
            case Errno.EFAULT -> EFAULT;
            case Errno.EBUSY -> EBUSY;
            case Errno.EEXIST -> EEXIST;
            case Errno.EINVAL -> EINVAL;
            case Errno.EOPNOTSUPP -> EOPNOTSUPP;
            default -> OTHER;
        };
    }

    /** For what gives a number of pages or a negative errno. */
    static OpResult ofCount(int result, int asked) {
        if (result < 0) {
            return ofErrno(result);
        }
        return result == asked ? OK : result == 0 ? NONE : PARTIAL;
    }

    /** For what gives {@link FaultResult} bits. */
    static OpResult ofFault(int bits) {
        if ((bits & FaultResult.OOM) != 0) {
            return OOM;
        }
        if ((bits & FaultResult.SIGBUS) != 0) {
            return SIGBUS;
        }
        return (bits & FaultResult.NOPAGE) != 0 ? NOPAGE : OK;
    }

    /** For loads and stores. */
    static OpResult ofAccess(UserAccess.Outcome outcome) {
        return switch (outcome) {
            case DONE -> OK;
            case SIGSEGV -> SIGSEGV;
            case SIGBUS -> SIGBUS;
            case OOM -> OOM;
            case KILLED -> KILLED;
        };
    }
}
