package org.mmrace.explore;

import java.util.List;
import java.util.stream.IntStream;
import org.mmrace.kernel.CpuSections;
import org.mmrace.kernel.RawCells;
import org.mmrace.kernel.RcuCallbacks;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/** Interrupt-off, instruction and RCU sections of {@link ControlledKernel}, and those who wait for their end. */
final class ControlledSections {
    private final ControlledKernel kernel;
    private final CpuSections sections;
    private final List<Cpu> cpus;
    private final List<RcuCallbacks> callbacks;

    ControlledSections(ControlledKernel kernel, int cpuCount) {
        this.kernel = kernel;
        this.sections = new CpuSections(cpuCount);
        this.cpus = IntStream.range(0, cpuCount).mapToObj(Cpu::new).toList();
        this.callbacks = cpus.stream().map(cpu -> new RcuCallbacks(sections)).toList();
    }

    private void point(Verb verb, Task task) {
        kernel.point(verb, cpus.get(task.cpu()));
    }

    void localIrqSave(Task task) {
        if (RawCells.addIrqDepth(task, 0) == 0) {
            point(Verb.LOCAL_IRQ_SAVE, task);
            sections.irqEnter(task.cpu());
        }
        RawCells.addIrqDepth(task, 1);
    }

    void localIrqRestore(Task task) {
        if (RawCells.addIrqDepth(task, 0) == 1) {
            point(Verb.LOCAL_IRQ_RESTORE, task);
            sections.irqLeave(task.cpu());
        }
        RawCells.addIrqDepth(task, -1);
    }

    void instructionBegin(Task task) {
        point(Verb.INSTRUCTION_BEGIN, task);
        sections.instructionBegin(task.cpu());
    }

    void instructionEnd(Task task) {
        point(Verb.INSTRUCTION_END, task);
        sections.instructionEnd(task.cpu());
    }

    void waitForInstruction(Task task, int cpu) {
        kernel.point(Verb.WAIT_FOR_INSTRUCTION, cpus.get(cpu));
        waitForInstruction(Verb.WAIT_FOR_INSTRUCTION, task, cpu);
    }

    void sendIpi(Task task, int cpu) {
        kernel.point(Verb.SEND_IPI, cpus.get(cpu));
        waitForInstruction(Verb.SEND_IPI, task, cpu);
        long snapshot = sections.irqNow(cpu);
        if (cpu != task.cpu() && sections.irqStillIn(cpu, snapshot)) {
            kernel.point(Verb.SEND_IPI, cpus.get(cpu), 0, null, () -> !sections.irqStillIn(cpu, snapshot));
        }
    }

    private void waitForInstruction(Verb verb, Task task, int cpu) {
        long snapshot = sections.instructionNow(cpu);
        if (cpu != task.cpu() && sections.instructionStillIn(cpu, snapshot)) {
            kernel.point(verb, cpus.get(cpu), 0, null, () -> !sections.instructionStillIn(cpu, snapshot));
        }
    }

    void rcuReadLock(Task task) {
        if (RawCells.addRcuDepth(task, 0) == 0) {
            point(Verb.RCU_READ_LOCK, task);
            sections.rcuEnter(task.cpu());
        }
        RawCells.addRcuDepth(task, 1);
    }

    void rcuReadUnlock(Task task) {
        if (RawCells.addRcuDepth(task, 0) == 1) {
            point(Verb.RCU_READ_UNLOCK, task);
            sections.rcuLeave(task.cpu());
        }
        RawCells.addRcuDepth(task, -1);
    }

    void callRcu(Task task, Runnable callback) {
        point(Verb.CALL_RCU, task);
        callbacks.get(task.cpu()).add(callback);
    }

    void rcuBarrier(Task task) {
        RcuCallbacks mine = callbacks.get(task.cpu());
        point(Verb.RCU_BARRIER, task);
        while (!mine.isEmpty()) {
            mine.poll();
            if (!mine.isEmpty()) {
                kernel.point(Verb.RCU_BARRIER, cpus.get(task.cpu()), 0, null, mine::gracePeriodOver);
            }
        }
    }

    /** A step even when no callback is queued: it ends each operation, where scripts like to switch. */
    void noteContextSwitch(Task task) {
        point(Verb.NOTE_CONTEXT_SWITCH, task);
        callbacks.get(task.cpu()).poll();
    }
}
