package org.mmrace.kernel;

/** Where the simulated kernel prints: warnings, crashes, bad page-table entries. Called on the thread of the task. */
public interface KernelLog {
    /** Prints nothing. */
    KernelLog NONE = new KernelLog() {
        @Override
        public void warn(Task task, String function, String what) {}

        @Override
        public void bug(Task task, String function, String what) {}

        @Override
        public void badPte(Task task, long pte, long addr) {}
    };

    /** A {@code WARN_ON()} of {@code function} fired. */
    void warn(Task task, String function, String what);

    /** A {@code BUG_ON()} of {@code function} fired; the task dies. */
    void bug(Task task, String function, String what);

    /** {@code print_bad_pte()}: an entry that the kernel cannot classify. */
    void badPte(Task task, long pte, long addr);
}
