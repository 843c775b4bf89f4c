package org.mmrace.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mmrace.explore.ControlledCpu.Kind;
import org.mmrace.kernel.CpuSections;
import org.mmrace.kernel.RawCells;
import org.mmrace.kernel.RcuCallbacks;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/**
 * Interrupt-off, instruction and RCU sections of {@link ControlledKernel}, and those who wait for their end. Whoever
 * waits for the end of a section waits for that one only: later ones of the same CPU do not concern it.
 */
final class ControlledSections {
    /** All that a step waits for has come: each of the first {@code size} places contains something. */
    private record Ended(List<Access> ends) implements Guard {
        @Override
        public boolean holds() {
            for (Access end : ends) {
                if (ControlledContents.of(end.object(), end.index()) == 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean holds(long[] values) {
            for (int i = 0; i < ends.size(); i++) {
                if (values[i] == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final ControlledKernel kernel;
    private final CpuSections sections;
    private final List<ControlledCpu> cpus;

    /** Whether each CPU has its interrupts off or reads under RCU: what callbacks are about. */
    private final List<Access> readers = new ArrayList<>();

    ControlledSections(ControlledKernel kernel, int cpuCount) {
        this.kernel = kernel;
        this.sections = new CpuSections(cpuCount);
        this.cpus = IntStream.range(0, cpuCount)
                .mapToObj(cpu -> new ControlledCpu(cpu, sections))
                .toList();
        for (ControlledCpu cpu : cpus) {
            readers.add(new Access(cpu, Kind.IRQ.now(), false));
            readers.add(new Access(cpu, Kind.RCU.now(), false));
        }
    }

    private ControlledCpu cpuOf(Task task) {
        return cpus.get(task.cpu());
    }

    private void point(Verb verb, ControlledCpu cpu, Kind kind) {
        kernel.point(verb, cpu, kind.now());
    }

    private void pointAtEnd(Verb verb, ControlledCpu cpu, Kind kind) {
        kernel.point(verb, cpu, kind.now(), null, null, List.of(new Access(cpu, cpu.end(kind), true)));
    }

    void localIrqSave(Task task) {
        if (RawCells.addIrqDepth(task, 0) == 0) {
            point(Verb.LOCAL_IRQ_SAVE, cpuOf(task), Kind.IRQ);
            sections.irqEnter(task.cpu());
        }
        RawCells.addIrqDepth(task, 1);
    }

    void localIrqRestore(Task task) {
        if (RawCells.addIrqDepth(task, 0) == 1) {
            pointAtEnd(Verb.LOCAL_IRQ_RESTORE, cpuOf(task), Kind.IRQ);
            sections.irqLeave(task.cpu());
        }
        RawCells.addIrqDepth(task, -1);
    }

    void instructionBegin(Task task) {
        point(Verb.INSTRUCTION_BEGIN, cpuOf(task), Kind.INSTRUCTION);
        sections.instructionBegin(task.cpu());
    }

    void instructionEnd(Task task) {
        pointAtEnd(Verb.INSTRUCTION_END, cpuOf(task), Kind.INSTRUCTION);
        sections.instructionEnd(task.cpu());
    }

    void waitForInstruction(Task task, int cpu) {
        point(Verb.WAIT_FOR_INSTRUCTION, cpus.get(cpu), Kind.INSTRUCTION);
        awaitEnd(Verb.WAIT_FOR_INSTRUCTION, task, cpus.get(cpu), Kind.INSTRUCTION, List.of());
    }

    void sendIpi(Task task, int cpu) {
        ControlledCpu to = cpus.get(cpu);
        List<Access> irq = List.of(new Access(to, Kind.IRQ.now(), false));
        kernel.point(Verb.SEND_IPI, to, Kind.INSTRUCTION.now(), null, null, irq);
        awaitEnd(Verb.SEND_IPI, task, to, Kind.INSTRUCTION, irq);
        awaitEnd(Verb.SEND_IPI, task, to, Kind.IRQ, List.of());
    }

    /**
     * Waits for the end of the section that a CPU is in, if that is not the task's own.
     *
     * @param then what the task looks at when it goes on
     */
    private void awaitEnd(Verb verb, Task task, ControlledCpu cpu, Kind kind, List<Access> then) {
        if (cpu != cpuOf(task) && cpu.isIn(kind)) {
            List<Access> end = List.of(new Access(cpu, cpu.end(kind), false));
            kernel.point(verb, cpu, cpu.end(kind), null, new Ended(end), then);
        }
    }

    void rcuReadLock(Task task) {
        if (RawCells.addRcuDepth(task, 0) == 0) {
            point(Verb.RCU_READ_LOCK, cpuOf(task), Kind.RCU);
            sections.rcuEnter(task.cpu());
        }
        RawCells.addRcuDepth(task, 1);
    }

    void rcuReadUnlock(Task task) {
        if (RawCells.addRcuDepth(task, 0) == 1) {
            pointAtEnd(Verb.RCU_READ_UNLOCK, cpuOf(task), Kind.RCU);
            sections.rcuLeave(task.cpu());
        }
        RawCells.addRcuDepth(task, -1);
    }

    /** Nobody else sees the queue of a CPU. */
    void callRcu(Task task, Runnable callback) {
        kernel.point(Verb.CALL_RCU, null);
        ControlledCpu cpu = cpuOf(task);
        cpu.queued(1);
        cpu.callbacks().add(() -> {
            callback.run();
            if (cpu.queued(-1) > 0) { // the queue is about to look at the readers, in the last step of the callback
                readers.forEach(access -> kernel.touched(access.object(), access.index()));
            }
        });
    }

    void rcuBarrier(Task task) {
        RcuCallbacks mine = cpuOf(task).callbacks();
        pointAtCallbacks(Verb.RCU_BARRIER, mine);
        while (!mine.isEmpty()) {
            mine.poll();
            if (!mine.isEmpty()) {
                List<Access> ends = endsAwaited(mine);
                List<Access> all = new ArrayList<>(ends);
                all.addAll(readers);
                kernel.point(
                        Verb.RCU_BARRIER,
                        all.get(0).object(),
                        all.get(0).index(),
                        null,
                        new Ended(ends),
                        all.subList(1, all.size()));
            }
        }
    }

    /** A step even when no callback is queued: it ends each operation, where scripts like to switch. */
    void noteContextSwitch(Task task) {
        RcuCallbacks mine = cpuOf(task).callbacks();
        pointAtCallbacks(Verb.NOTE_CONTEXT_SWITCH, mine);
        if (!mine.isEmpty()) {
            mine.poll();
        }
    }

    private void pointAtCallbacks(Verb verb, RcuCallbacks queue) {
        if (queue.isEmpty()) {
            kernel.point(verb, null);
        } else {
            Access first = readers.get(0);
            kernel.point(verb, first.object(), first.index(), null, null, readers.subList(1, readers.size()));
        }
    }

    private List<Access> endsAwaited(RcuCallbacks queue) {
        List<Access> ends = new ArrayList<>();
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            if (queue.waitsForInterrupts(cpu)) {
                ends.add(new Access(cpus.get(cpu), cpus.get(cpu).end(Kind.IRQ), false));
            }
            if (queue.waitsForReader(cpu)) {
                ends.add(new Access(cpus.get(cpu), cpus.get(cpu).end(Kind.RCU), false));
            }
        }
        return ends;
    }
}
