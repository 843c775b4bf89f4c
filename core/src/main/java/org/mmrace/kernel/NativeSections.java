package org.mmrace.kernel;

/** Interrupt-off and RCU sections of {@link NativeKernel}, and those who wait for their end. */
final class NativeSections {
    private final NativeKernel kernel;
    private final CpuSections sections;
    private final RcuCallbacks[] callbacks;

    NativeSections(NativeKernel kernel, int cpus) {
        this.kernel = kernel;
        this.sections = new CpuSections(cpus);
        this.callbacks = new RcuCallbacks[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            callbacks[cpu] = new RcuCallbacks(sections);
        }
    }

    void localIrqSave(Task task) {
        if (task.irqDepth++ == 0) {
            sections.irqEnter(task.cpu());
        }
    }

    void localIrqRestore(Task task) {
        if (--task.irqDepth == 0) {
            sections.irqLeave(task.cpu());
        }
    }

    void instructionBegin(Task task) {
        sections.instructionBegin(task.cpu());
    }

    void instructionEnd(Task task) {
        sections.instructionEnd(task.cpu());
    }

    void waitForInstruction(Task task, int cpu) {
        long snapshot = sections.instructionNow(cpu);
        if (cpu != task.cpu() && sections.instructionStillIn(cpu, snapshot)) {
            Backoff backoff = new Backoff(kernel, task, null);
            while (sections.instructionStillIn(cpu, snapshot)) {
                backoff.pause();
            }
            backoff.done();
        }
    }

    void sendIpi(Task task, int cpu) {
        waitForInstruction(task, cpu);
        long snapshot = sections.irqNow(cpu);
        if (cpu != task.cpu() && sections.irqStillIn(cpu, snapshot)) {
            Backoff backoff = new Backoff(kernel, task, null);
            while (sections.irqStillIn(cpu, snapshot)) {
                backoff.pause();
            }
            backoff.done();
        }
    }

    void rcuReadLock(Task task) {
        if (task.rcuDepth++ == 0) {
            sections.rcuEnter(task.cpu());
        }
    }

    void rcuReadUnlock(Task task) {
        if (--task.rcuDepth == 0) {
            sections.rcuLeave(task.cpu());
        }
    }

    void callRcu(Task task, Runnable callback) {
        callbacks[task.cpu()].add(callback);
    }

    void rcuBarrier(Task task) {
        RcuCallbacks mine = callbacks[task.cpu()];
        Backoff backoff = new Backoff(kernel, task, null);
        while (!mine.isEmpty()) {
            mine.poll();
            if (!mine.isEmpty()) {
                backoff.pause();
            }
        }
        backoff.done();
    }

    void noteContextSwitch(Task task) {
        RcuCallbacks mine = callbacks[task.cpu()];
        if (!mine.isEmpty()) {
            mine.poll();
        }
    }
}
