package org.mmrace.kernel;

/** Error numbers as the kernel returns them: negative, next to non-negative results. */
public final class Errno {
    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such entry. */
    public static final int ENOENT = 2;
    /** Interrupted. */
    public static final int EINTR = 4;
    /** Input/output error. */
    public static final int EIO = 5;
    /** No such device or address. */
    public static final int ENXIO = 6;
    /** Bad file number; write on a descriptor that is open for reading. */
    public static final int EBADF = 9;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** Out of memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** Bad address. */
    public static final int EFAULT = 14;
    /** Busy. */
    public static final int EBUSY = 16;
    /** Exists. */
    public static final int EEXIST = 17;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Too many links; inside GUP: unshare first. */
    public static final int EMLINK = 31;
    /** Value too large. */
    public static final int EOVERFLOW = 75;
    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;

    private Errno() {}

    /** {@code "-EFAULT"} for -14, and the number itself for a result that is no known error. */
    public static String name(long result) {
        return switch ((int) -result) {
            case EPERM -> "-EPERM";
            case ENOENT -> "-ENOENT";
            case EINTR -> "-EINTR";
            case EIO -> "-EIO";
            case ENXIO -> "-ENXIO";
            case EBADF -> "-EBADF";
            case EAGAIN -> "-EAGAIN";
            case ENOMEM -> "-ENOMEM";
            case EACCES -> "-EACCES";
            case EFAULT -> "-EFAULT";
            case EBUSY -> "-EBUSY";
            case EEXIST -> "-EEXIST";
            case EINVAL -> "-EINVAL";
            case EMLINK -> "-EMLINK";
            case EOVERFLOW -> "-EOVERFLOW";
            case EOPNOTSUPP -> "-EOPNOTSUPP";
            default -> Long.toString(result);
        };
    }
}
