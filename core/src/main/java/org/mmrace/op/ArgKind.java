package org.mmrace.op;

/** What may stand at one place of the arguments of an operation. */
public enum ArgKind {
    /** One page of a VMA: {@code V[0]}, or {@code Q:V[0]} for the same address in another process. */
    PLACE("a page of a vma, such as V[0]"),
    /** Consecutive pages of a VMA: {@code V[0]}, {@code V[0..3]}, or {@code V} for all of it. */
    RANGE("pages of a vma, such as V, V[0] or V[0..3]"),
    /** A declared VMA. */
    VMA("a vma"),
    /** A process that exists. */
    PROCESS("a process"),
    /** The process of the task, or this one. */
    PROCESS_OR_OWN("a process", true, false),
    /** The name of a process that the operation makes. */
    NEW_PROCESS("a name for the new process"),
    /** A declared page, or {@code Z} for the zeropage. */
    PAGE("a page, or Z for the zeropage"),
    /** One or more of them; comes last. */
    PAGES("pages, such as A B Z", false, true),
    /** A declared file. */
    FILE("a file"),
    /** One page of a file: {@code F[0]}. */
    FILE_PLACE("a page of a file, such as F[0]"),
    /** Consecutive pages of a file: {@code F}, {@code F[0]}, {@code F[0..3]}. */
    FILE_RANGE("pages of a file, such as F, F[0] or F[0..3]"),
    /** The result of an earlier operation that got or pinned pages. */
    HELD("the result of an operation that got pages"),
    /** The result of an earlier operation. */
    RESULT("the name of a result"),
    /** A number, not negative. */
    NUMBER("a number"),
    /** {@code FOLL_*} flags. */
    FOLL("FOLL_ flags, such as FOLL_WRITE|FOLL_LONGTERM", true, false),
    /** {@code PROT_*} flags. */
    PROT("PROT_NONE, PROT_READ or PROT_READ|PROT_WRITE"),
    /** {@code VM_*} flags. */
    VM_FLAGS("VM_ flags, such as VM_MIXEDMAP"),
    /** Which lock the caller holds; for writing if nothing is said. */
    MMAP_LOCK("mmap_read_lock or mmap_write_lock", true, false),
    /** A counter of resident pages: {@code FILE}, {@code ANON}, {@code SHMEM}. */
    COUNTER("FILE, ANON or SHMEM");

    private final String expected;
    private final boolean optional;
    private final boolean repeated;

    ArgKind(String expected) {
        this(expected, false, false);
    }

    ArgKind(String expected, boolean optional, boolean repeated) {
        this.expected = expected;
        this.optional = optional;
        this.repeated = repeated;
    }

    /** What a reader of an error message is told to write. */
    public String expected() {
        return expected;
    }

    /** Whether it may be left out; only the last one may. */
    public boolean optional() {
        return optional;
    }

    /** Whether any number of them may follow; only the last one may. */
    public boolean repeated() {
        return repeated;
    }
}
