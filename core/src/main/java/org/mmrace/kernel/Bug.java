package org.mmrace.kernel;

/**
 * A {@code BUG()}: the simulated kernel crashed in the running task, which keeps the locks that it holds. The report
 * has reached {@link KernelLog#bug} before this is thrown.
 */
public final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String function;

    private Bug(String function, String what) {
        super("kernel BUG in " + function + ": " + what);
        this.function = function;
    }

    /**
     * {@code BUG_ON(condition)}.
     *
     * @param function the kernel function that checks
     * @throws Bug when {@code condition} holds
     */
    public static void on(boolean condition, Kernel kernel, Task task, String function, String what) {
        if (condition) {
            kernel.log().bug(task, function, what);
            throw new Bug(function, what);
        }
    }

    /** The kernel function that crashed. */
    public String function() {
        return function;
    }
}
