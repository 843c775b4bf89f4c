package org.mmrace.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The seam: everything that the model asks of the machine below it, in the kernel's own verbs. Exactly two
 * implementations exist (design.md section 3): {@link NativeKernel} on real threads, and a scheduler that decides every
 * step.
 *
 * <p>Each verb is one step; a scheduler may switch tasks before it. Cells that several tasks share are reached through
 * these verbs only.
 */
public interface Kernel {
    /** {@code READ_ONCE()}. */
    long readOnce(Word cell);

    /** {@code WRITE_ONCE()}. */
    void writeOnce(Word cell, long value);

    /** {@code smp_load_acquire()}. */
    long loadAcquire(Word cell);

    /** {@code smp_store_release()}. */
    void storeRelease(Word cell, long value);

    /** {@code cmpxchg()}, fully ordered: stores {@code update} if the cell holds {@code expected}; whether it did. */
    boolean cmpxchg(Word cell, long expected, long update);

    /** {@code atomic64_add_return()}, fully ordered: the new value. */
    long addReturn(Word cell, long delta);

    /**
     * A plain C load, which the compiler may tear or repeat: for what a lock, or not having been published yet, keeps
     * from changing. One that runs against a store of another task is a data race. Here it gives a value that the cell
     * has held, for the model is not about compilers.
     */
    long readPlain(Word cell);

    /** A plain C store; as {@link #readPlain(Word)}, and it must not run against any access of another task. */
    void writePlain(Word cell, long value);

    /** A plain C load of one element. */
    long readPlain(WordArray cells, int index);

    /** A plain C store to one element. */
    void writePlain(WordArray cells, int index, long value);

    /** {@code READ_ONCE()} of one element. */
    long readOnce(WordArray cells, int index);

    /** {@code WRITE_ONCE()} of one element. */
    void writeOnce(WordArray cells, int index, long value);

    /** {@code cmpxchg()} of one element. */
    boolean cmpxchg(WordArray cells, int index, long expected, long update);

    /** {@code xchg()} of one element, fully ordered: the old value. */
    long xchg(WordArray cells, int index, long value);

    /** {@code atomic64_add_return()} of one element. */
    long addReturn(WordArray cells, int index, long delta);

    /** {@code rcu_dereference()}. */
    <T> @Nullable T rcuDereference(RcuPointer<T> pointer);

    /** {@code rcu_assign_pointer()}. */
    <T> void rcuAssignPointer(RcuPointer<T> pointer, @Nullable T target);

    /** {@code page_ref_count()}. */
    long refRead(RefCount count);

    /** {@code page_ref_add_return()}: the new value; {@code delta} may be negative. */
    long refAdd(RefCount count, long delta);

    /** {@code page_ref_freeze()}: from exactly {@code expected} to 0, so that nobody gets a reference; else false. */
    default boolean refFreeze(RefCount count, long expected) {
        return cmpxchg(count.raw, expected, 0);
    }

    /** {@code page_ref_add_unless(page, n, 0)}: the new value, or 0 if the count was 0 and nothing was added. */
    long refAddUnlessZero(RefCount count, long delta);

    /** {@code smp_mb()}. */
    void smpMb();

    /** {@code spin_lock()}: waits until {@code task} is its owner. */
    void spinLock(Task task, SpinLock lock);

    /** {@code spin_unlock()}. */
    void spinUnlock(Task task, SpinLock lock);

    /** {@code down_read()}. */
    void downRead(Task task, RwSem lock);

    /** {@code down_read_trylock()}: whether the lock is held for reading now; fails behind a waiting writer. */
    boolean downReadTrylock(Task task, RwSem lock);

    /** {@code up_read()}. */
    void upRead(Task task, RwSem lock);

    /** {@code down_write()}. */
    void downWrite(Task task, RwSem lock);

    /** {@code up_write()}. */
    void upWrite(Task task, RwSem lock);

    /** {@code downgrade_write()}: from writer to reader, with nobody between. */
    void downgradeWrite(Task task, RwSem lock);

    /**
     * Sleeps until a bit lock may be free: until {@code (cells[index] & mask) == 0} has been seen. The caller looks
     * again.
     *
     * @param lock what reports call the lock bit
     */
    void waitOnBit(Task task, WordArray cells, int index, long mask, Lockable lock);

    /** As {@link #waitOnBit(Task, WordArray, int, long, Lockable)}, for a bit of a single word. */
    void waitOnBit(Task task, Word cell, long mask, Lockable lock);

    /**
     * {@code wait_var_event()} on a reference count: sleeps until at most {@code most} references are left beside those
     * of the {@code mapcount} mappings, or a kill.
     */
    void waitForRef(Task task, RefCount count, Word mapcount, long most, Lockable what);

    /**
     * {@code lock_map_acquire()}: {@code task} now holds a lock that is a bit or a sequence in some cell. No step of
     * its own.
     */
    void lockMapAcquire(Task task, Lockable lock, LockMode mode, boolean trylock);

    /** {@code lock_map_release()}: the counterpart of {@link #lockMapAcquire}. */
    void lockMapRelease(Task task, Lockable lock);

    /** {@code raw_read_seqcount()}: the sequence, odd while a writer is at work. */
    default long rawReadSeqcount(SeqCount count) {
        return loadAcquire(count.sequence);
    }

    /** {@code read_seqcount_retry()}: whether the sequence has moved on from {@code start}. */
    default boolean readSeqcountRetry(SeqCount count, long start) {
        return loadAcquire(count.sequence) != start;
    }

    /** {@code raw_write_seqcount_begin()}. */
    default void rawWriteSeqcountBegin(SeqCount count) {
        addReturn(count.sequence, 1);
    }

    /** {@code raw_write_seqcount_end()}. */
    default void rawWriteSeqcountEnd(SeqCount count) {
        addReturn(count.sequence, 1);
    }

    /** {@code local_irq_save()}: until the restore, this CPU answers no interrupt. May be nested. */
    void localIrqSave(Task task);

    /** {@code local_irq_restore()}. */
    void localIrqRestore(Task task);

    /** A load or store of user mode begins on this CPU: no interrupt is taken until {@link #instructionEnd}. */
    void instructionBegin(Task task);

    /** The instruction is done. */
    void instructionEnd(Task task);

    /** Returns once an instruction that {@code cpu} was executing when this call began is done ({@code DSB}). */
    void waitForInstruction(Task task, int cpu);

    /**
     * {@code smp_call_function_single(cpu, nop, wait)}: returns once {@code cpu} has been seen with interrupts on,
     * after this call began.
     */
    void sendIpi(Task task, int cpu);

    /** {@code rcu_read_lock()}. */
    void rcuReadLock(Task task);

    /** {@code rcu_read_unlock()}. */
    void rcuReadUnlock(Task task);

    /**
     * {@code call_rcu()}: runs {@code callback} once every RCU reader and every interrupt-off section that runs now has
     * ended, on some later call of {@link #noteContextSwitch} or {@link #rcuBarrier} by a task of this CPU.
     */
    void callRcu(Task task, Runnable callback);

    /** {@code rcu_barrier()}: waits until every callback queued on this CPU has run. */
    void rcuBarrier(Task task);

    /** {@code rcu_note_context_switch()}, at the end of each operation: due callbacks of this CPU run. */
    void noteContextSwitch(Task task);

    /**
     * {@code cond_resched()}, at each turn of a loop that may be endless: a page fault that is retried, a GUP that
     * faults again. May kill the task ({@link Task#fatalSignalPending()}).
     *
     * @param turn 1 for the first retry of a loop, then 2, and so on
     */
    void condResched(Task task, int turn);

    /**
     * An observer, such as the monitors of the checks, as this kernel wants it called. What an observer reads through
     * these verbs, and the locks that it tries, are no steps of the task on whose thread it runs.
     *
     * @param type an interface that {@code observer} implements
     * @return {@code observer} itself, or something that calls it
     */
    default <T> T observing(Class<T> type, T observer) {
        return observer;
    }

    /** Where the kernel prints. */
    KernelLog log();

    /** How many CPUs the machine has. */
    int cpus();
}
