package org.mmrace.kernel;

import java.util.Optional;

/** What a step does: the verbs of {@link Kernel} that tasks can be switched at, in kernel words. */
public enum Verb {
    /** Marked load. */
    READ_ONCE("READ_ONCE", false),
    /** Marked store. */
    WRITE_ONCE("WRITE_ONCE", true),
    /** Plain load. */
    PLAIN_READ("plain_read", false),
    /** Plain store. */
    PLAIN_WRITE("plain_write", true),
    /** Load-acquire. */
    LOAD_ACQUIRE("smp_load_acquire", false),
    /** Store-release. */
    STORE_RELEASE("smp_store_release", true),
    /** Compare and exchange; counts as a write even when it fails. */
    CMPXCHG("cmpxchg", true),
    /** Exchange. */
    XCHG("xchg", true),
    /** Atomic addition. */
    ADD_RETURN("atomic_add_return", true),
    /** Load of a published pointer. */
    RCU_DEREFERENCE("rcu_dereference", false),
    /** Publication of a pointer. */
    RCU_ASSIGN_POINTER("rcu_assign_pointer", true),
    /** Load of a reference count. */
    REF_READ("page_ref_count", false),
    /** Change of a reference count. */
    REF_ADD("page_ref_add", true),
    /** Change of a reference count that is not 0. */
    REF_ADD_UNLESS_ZERO("page_ref_add_unless", true),
    /** Waits until the lock is free, and takes it. */
    SPIN_LOCK("spin_lock", true),
    /** Drops it. */
    SPIN_UNLOCK("spin_unlock", true),
    /** Waits until nobody writes or waits to write, and takes it. */
    DOWN_READ("down_read", true),
    /** Takes it if that can be done at once. */
    DOWN_READ_TRYLOCK("down_read_trylock", true),
    /** Drops it. */
    UP_READ("up_read", true),
    /** Takes it, or queues: a contended one is two steps. */
    DOWN_WRITE("down_write", true),
    /** Drops it. */
    UP_WRITE("up_write", true),
    /** From writer to reader. */
    DOWNGRADE_WRITE("downgrade_write", true),
    /** Waits until a bit of a cell is clear. */
    WAIT_ON_BIT("wait_on_bit", false),
    /** Waits until a reference count is low enough, or for a kill. */
    WAIT_FOR_REF("wait_var_event", false),
    /** Interrupts of a CPU go off. */
    LOCAL_IRQ_SAVE("local_irq_save", true),
    /** Interrupts of a CPU go on. */
    LOCAL_IRQ_RESTORE("local_irq_restore", true),
    /** A user instruction begins. */
    INSTRUCTION_BEGIN("instruction_begin", true),
    /** A user instruction ends. */
    INSTRUCTION_END("instruction_end", true),
    /** Looks whether a CPU is inside an instruction, and if so waits for its end in a second step. */
    WAIT_FOR_INSTRUCTION("dsb", false),
    /** Looks whether a CPU answers interrupts, and if not waits in one or two more steps. */
    SEND_IPI("smp_call_function", false),
    /** An RCU read-side section begins. */
    RCU_READ_LOCK("rcu_read_lock", true),
    /** An RCU read-side section ends. */
    RCU_READ_UNLOCK("rcu_read_unlock", true),
    /** A callback is queued. */
    CALL_RCU("call_rcu", true),
    /** Runs the callbacks of this CPU, and waits for those that are not due. */
    RCU_BARRIER("rcu_barrier", true),
    /** Runs the callbacks of this CPU that are due; at the end of each operation and page fault. */
    NOTE_CONTEXT_SWITCH("rcu_note_context_switch", true),
    /** A loop is about to turn again: a good moment to let others run. */
    COND_RESCHED("cond_resched", false);

    private final String word;
    private final boolean writes;

    Verb(String word, boolean writes) {
        this.word = word;
        this.writes = writes;
    }

    /** What the kernel calls it. */
    public String word() {
        return word;
    }

    /** Whether it may change its object; two steps on one object commute if neither does. */
    public boolean writes() {
        return writes;
    }

    /** The verb that the kernel calls {@code word}. */
    public static Optional<Verb> byWord(String word) {
        for (Verb verb : values()) {
            if (verb.word.equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
