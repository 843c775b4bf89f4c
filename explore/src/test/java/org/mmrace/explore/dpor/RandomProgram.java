package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.TaskBody;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** A small program that a seed decides: two or three tasks with a few verbs each, some of which depend on others. */
final class RandomProgram {
    /** What a task may do; {@code a} and {@code b} are small numbers. */
    enum Kind {
        READ,
        WRITE,
        CMPXCHG,
        ADD,
        /** Reads a cell and writes another one if the value was odd. */
        IF_ODD,
        SPIN,
        NESTED_SPIN,
        DOWN_READ,
        DOWN_WRITE,
        DOWNGRADE,
        TRYLOCK,
        WAIT_ON_BIT,
        WAIT_FOR_REF,
        IRQ,
        IPI,
        INSTRUCTION,
        RCU_READ,
        CALL_RCU,
        SEQCOUNT_READ,
        SEQCOUNT_WRITE
    }

    record Op(Kind kind, int a, int b) {}

    private final List<List<Op>> scripts = new ArrayList<>();

    private RandomProgram() {}

    /** The program of this seed, with verbs of {@code kinds} only. */
    static RandomProgram of(long seed, List<Kind> kinds, int opsMax) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomProgram program = new RandomProgram();
        int tasks = 2 + random.nextInt(2);
        for (int task = 0; task < tasks; task++) {
            List<Op> script = new ArrayList<>();
            int ops = 1 + random.nextInt(opsMax);
            for (int i = 0; i < ops; i++) {
                script.add(new Op(kinds.get(random.nextInt(kinds.size())), random.nextInt(2), random.nextInt(2)));
            }
            program.scripts.add(script);
        }
        return program;
    }

    boolean has(Kind kind) {
        return scripts.stream().flatMap(List::stream).anyMatch(op -> op.kind == kind);
    }

    Traces.Instance instance() {
        return new Run(scripts);
    }

    @Override
    public String toString() {
        return scripts.toString();
    }

    private static final class Run implements Traces.Instance {
        private static final Lockable BIT = () -> LockClass.FOLIO;

        private final ControlledKernel kernel =
                new ControlledKernel(3, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        private final Word[] cells = {new Word(), new Word(1)};
        private final SpinLock[] spins = {new SpinLock(LockClass.PTL, "l0"), new SpinLock(LockClass.PTL, "l1")};
        private final RwSem[] sems = {new RwSem(LockClass.MMAP, "s0"), new RwSem(LockClass.MMAP, "s1")};
        private final RefCount refs = new RefCount(1, 1000);
        private final Word mappings = new Word();
        private final List<TaskBody> tasks = new ArrayList<>();
        private final List<StringBuilder> seen = new ArrayList<>();

        Run(List<List<Op>> scripts) {
            for (List<Op> script : scripts) {
                Task task = new Task(tasks.size(), tasks.size(), "t" + tasks.size());
                StringBuilder said = new StringBuilder();
                seen.add(said);
                tasks.add(new TaskBody(task, () -> script.forEach(op -> run(task, op, said))));
            }
        }

        @Override
        public ControlledKernel kernel() {
            return kernel;
        }

        @Override
        public List<TaskBody> tasks() {
            return tasks;
        }

        @Override
        public String state() {
            return kernel.readOnce(cells[0]) + " " + kernel.readOnce(cells[1]) + " " + seen;
        }

        private void run(Task task, Op op, StringBuilder said) {
            Word cell = cells[op.a];
            Word other = cells[op.b];
            switch (op.kind) {
                case READ -> said.append(kernel.readOnce(cell));
                case WRITE -> kernel.writeOnce(cell, op.b + 2L * task.id());
                case CMPXCHG -> said.append(kernel.cmpxchg(cell, op.b, 2L + task.id()));
                case ADD -> said.append(kernel.addReturn(cell, 1));
                case IF_ODD -> {
                    if (kernel.readOnce(cell) % 2 != 0) {
                        kernel.writeOnce(other, 4);
                    }
                }
                case SPIN -> {
                    kernel.spinLock(task, spins[op.a]);
                    kernel.addReturn(other, 1);
                    kernel.spinUnlock(task, spins[op.a]);
                }
                case NESTED_SPIN -> {
                    kernel.spinLock(task, spins[op.a]);
                    kernel.spinLock(task, spins[1 - op.a]);
                    kernel.spinUnlock(task, spins[1 - op.a]);
                    kernel.spinUnlock(task, spins[op.a]);
                }
                case DOWN_READ -> {
                    kernel.downRead(task, sems[op.a]);
                    said.append(kernel.readOnce(other));
                    kernel.upRead(task, sems[op.a]);
                }
                case DOWN_WRITE -> {
                    kernel.downWrite(task, sems[op.a]);
                    kernel.writeOnce(other, 6);
                    kernel.upWrite(task, sems[op.a]);
                }
                case DOWNGRADE -> {
                    kernel.downWrite(task, sems[op.a]);
                    kernel.downgradeWrite(task, sems[op.a]);
                    kernel.upRead(task, sems[op.a]);
                }
                case TRYLOCK -> {
                    if (kernel.downReadTrylock(task, sems[op.a])) {
                        said.append("locked");
                        kernel.upRead(task, sems[op.a]);
                    }
                }
                case WAIT_ON_BIT -> kernel.waitOnBit(task, cell, 1 + op.b, BIT);
                case WAIT_FOR_REF -> {
                    if (op.a == 0) {
                        said.append(op.b == 0 ? kernel.refAdd(refs, 1) : kernel.addReturn(mappings, 1));
                    } else {
                        kernel.waitForRef(task, refs, mappings, op.b, BIT);
                    }
                }
                case IRQ -> {
                    kernel.localIrqSave(task);
                    said.append(kernel.readOnce(cell));
                    kernel.localIrqRestore(task);
                }
                case IPI -> kernel.sendIpi(task, op.a);
                case INSTRUCTION -> {
                    kernel.instructionBegin(task);
                    kernel.readOnce(cell);
                    kernel.instructionEnd(task);
                }
                case RCU_READ -> {
                    kernel.rcuReadLock(task);
                    said.append(kernel.readOnce(cell));
                    kernel.rcuReadUnlock(task);
                }
                case CALL_RCU -> {
                    kernel.callRcu(task, () -> kernel.writeOnce(cell, 8));
                    if (op.b == 0) {
                        kernel.noteContextSwitch(task);
                    } else {
                        kernel.rcuBarrier(task);
                    }
                }
                case SEQCOUNT_READ -> {
                    long start = kernel.loadAcquire(cell);
                    kernel.readOnce(other);
                    said.append(kernel.loadAcquire(cell) != start);
                }
                case SEQCOUNT_WRITE -> {
                    kernel.addReturn(cell, 1);
                    kernel.writeOnce(other, 2);
                    kernel.addReturn(cell, 1);
                }
            }
        }
    }
}
