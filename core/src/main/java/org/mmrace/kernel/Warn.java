package org.mmrace.kernel;

/** {@code WARN_ON()}: reported to the {@link KernelLog}; execution continues. */
public final class Warn {
    private Warn() {}

    /**
     * {@code WARN_ON(condition)}.
     *
     * @param function the kernel function that checks
     * @return {@code condition}
     */
    public static boolean on(boolean condition, Kernel kernel, Task task, String function, String what) {
        if (condition) {
            kernel.log().warn(task, function, what);
        }
        return condition;
    }
}
