package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** Who waits for whom, and what an execution that cannot end says. */
class ControlledKernelTest {
    private final Program program = new Program();
    private final ControlledKernel kernel = program.kernel;
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl:1");
    private final SpinLock other = new SpinLock(LockClass.PTL, "ptl:2");
    private final RwSem mmap = new RwSem(LockClass.MMAP, "mmap_lock:mm1");
    private final Word word = new Word();

    @AfterEach
    void close() {
        program.close();
    }

    private static Ending completes(Ending ending) {
        assertThat(ending.how()).as(ending.toString()).isEqualTo(How.COMPLETE);
        return ending;
    }

    private void locked(Task task, SpinLock lock, Runnable inside) {
        kernel.spinLock(task, lock);
        inside.run();
        kernel.spinUnlock(task, lock);
    }

    @Test
    void spinLockExcludes() {
        program.task(task -> locked(task, ptl, () -> kernel.readOnce(word)))
                .task(task -> locked(task, ptl, () -> kernel.writeOnce(word, 1)));
        completes(program.script("a until spin_unlock", "b until spin_lock", "a", "b"));
        assertThat(program.steps)
                .containsExactly(
                        "a spin_lock(ptl:1)",
                        "a READ_ONCE()",
                        "a spin_unlock(ptl:1)",
                        "b spin_lock(ptl:1)",
                        "b WRITE_ONCE()",
                        "b spin_unlock(ptl:1)");
    }

    @Test
    void locksInOppositeOrderDeadlock() {
        program.task(task -> locked(task, ptl, () -> locked(task, other, () -> {})))
                .task(task -> locked(task, other, () -> locked(task, ptl, () -> {})));
        Ending ending = program.script("a until after spin_lock", "b until after spin_lock");
        assertThat(ending.how()).isEqualTo(How.DEADLOCK);
        assertThat(ending.detail())
                .isEqualTo("a waits at spin_lock(ptl:2), holding ptl:1 (W); "
                        + "b waits at spin_lock(ptl:1), holding ptl:2 (W)");
    }

    /** As the kernel's semaphore and NativeKernel: readers queue behind a writer that waits. */
    @Test
    void readersQueueBehindWaitingWriter() {
        program.task(task -> {
                    kernel.downRead(task, mmap);
                    kernel.upRead(task, mmap);
                })
                .task(task -> {
                    kernel.downWrite(task, mmap);
                    program.said.add("b writes");
                    kernel.upWrite(task, mmap);
                })
                .task(task -> {
                    program.said.add("c tries: " + kernel.downReadTrylock(task, mmap));
                    kernel.downRead(task, mmap);
                    program.said.add("c reads");
                    kernel.upRead(task, mmap);
                });
        completes(program.script(
                "a until up_read", "b until after down_write", "c until down_read mmap_lock", "a", "b", "c"));
        assertThat(program.said).containsExactly("c tries: false", "b writes", "c reads");
    }

    @Test
    void readersShareAndDowngradedWriterLetsThemIn() {
        program.task(task -> {
                    kernel.downWrite(task, mmap);
                    kernel.downgradeWrite(task, mmap);
                    kernel.upRead(task, mmap);
                })
                .task(task -> {
                    kernel.downRead(task, mmap);
                    kernel.upRead(task, mmap);
                });
        completes(program.script("a until after downgrade_write", "b", "a"));
    }

    @Test
    void waitsForBitAndForReferences() {
        Lockable bit = () -> LockClass.FOLIO;
        RefCount count = new RefCount(2, 8);
        kernel.writeOnce(word, 4);
        program.task(task -> {
                    kernel.waitOnBit(task, word, 4, bit);
                    kernel.waitForRef(task, count, new Word(), 1, bit);
                    program.said.add("a goes on");
                })
                .task(task -> {
                    kernel.writeOnce(word, 0);
                    program.said.add("b cleared the bit");
                    kernel.refAdd(count, -1);
                    program.said.add("b put");
                });
        completes(program.run(new RandomWalk(7)));
        assertThat(program.said).containsSubsequence("b cleared the bit", "b put", "a goes on");
    }

    @Test
    void ipiWaitsForInterruptsAndForTheInstruction() {
        program.task(task -> {
                    kernel.sendIpi(task, 1);
                    program.said.add("a was answered");
                })
                .task(task -> {
                    kernel.localIrqSave(task);
                    kernel.localIrqRestore(task);
                    program.said.add("b takes interrupts");
                    kernel.instructionBegin(task);
                    kernel.instructionEnd(task);
                });
        completes(program.script("b until local_irq_restore", "a until after smp_call_function", "b", "a"));
        assertThat(program.said).containsExactly("b takes interrupts", "a was answered");
    }

    @Test
    void callbacksWaitForReadersThatWereThere() {
        program.task(task -> {
                    kernel.callRcu(task, () -> program.said.add("freed"));
                    kernel.noteContextSwitch(task);
                    program.said.add("a goes on");
                    kernel.rcuBarrier(task);
                })
                .task(task -> {
                    kernel.rcuReadLock(task);
                    kernel.readOnce(word);
                    program.said.add("b has read");
                    kernel.rcuReadUnlock(task);
                });
        completes(program.script("b until READ_ONCE", "a until after rcu_barrier", "b", "a"));
        assertThat(program.said).containsExactly("a goes on", "b has read", "freed");
    }

    @Test
    void endlessLoopIsALivelock() {
        program.task(task -> {
            for (int turn = 1; kernel.readOnce(word) == 0; turn++) {
                kernel.condResched(task, turn);
            }
        });
        Ending ending = program.run(new RandomWalk(1), new Limits(1_000, 20));
        assertThat(ending.how()).isEqualTo(How.LIVELOCK);
        assertThat(ending.detail()).contains("a turned 21 times");
    }

    @Test
    void loopWithoutReschedulingMeetsTheStepBound() {
        program.task(task -> {
            while (kernel.readOnce(word) == 0) {
                program.said.clear();
            }
        });
        Ending ending = program.run(new RandomWalk(1), new Limits(1_000, 20));
        assertThat(ending.how()).isEqualTo(How.STEP_BOUND);
        assertThat(ending.steps()).isEqualTo(1_000);
    }

    @Test
    void observersTakeNoSteps() {
        Runnable observer = kernel.observing(Runnable.class, () -> program.said.add("saw " + kernel.readOnce(word)));
        program.task(task -> {
            kernel.writeOnce(word, 3);
            observer.run();
        });
        completes(program.run(new RandomWalk(1)));
        assertThat(program.steps).containsExactly("a WRITE_ONCE()");
        assertThat(program.said).containsExactly("saw 3");
    }

    @Test
    void bugKillsTheTaskAndFailureEndsTheExecution() {
        program.task(task -> Bug.on(true, kernel, task, "f", "dies")).task(task -> kernel.writeOnce(word, 1));
        completes(program.run(new RandomWalk(1)));
        assertThat(kernel.readOnce(word)).isEqualTo(1);

        program.task(task -> {
            throw new IllegalArgumentException("not the kernel's");
        });
        Ending ending = program.run(new RandomWalk(1));
        assertThat(ending.how()).isEqualTo(How.FAILED);
        assertThat(ending.failure()).hasMessage("not the kernel's");
    }

    @Test
    void setupMustNotWait() {
        Task alone = new Task(9, 0, "setup");
        kernel.spinLock(alone, ptl);
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.spinLock(new Task(8, 1, "setup2"), ptl))
                .withMessage("spin_lock would wait for ever for ptl:1: no other task is running");
    }

    /** The threads of a pool serve execution after execution, also after one that was given up. */
    @Test
    void abandonedTasksUnwind() {
        List<String> unwound = new ArrayList<>();
        program.task(task -> {
            try {
                locked(task, ptl, () -> kernel.spinLock(task, ptl));
            } finally {
                unwound.add("a");
            }
        });
        assertThat(program.run(new RandomWalk(1)).how()).isEqualTo(How.DEADLOCK);
        assertThat(unwound).containsExactly("a");
    }
}
