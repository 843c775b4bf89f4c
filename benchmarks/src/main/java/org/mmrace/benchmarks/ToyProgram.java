package org.mmrace.benchmarks;

import java.util.List;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Subject;
import org.mmrace.explore.Tasks;
import org.mmrace.explore.linearize.History;
import org.mmrace.explore.linearize.Linearizability;
import org.mmrace.explore.linearize.Specification;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/**
 * Two entries, a reference count, pins and one lock; three tasks with two operations each: pin(0), insert(1); unmap(0),
 * insert(0); insert(1), unmap(1). At the end the count is 1 + entries + pins. About 28 steps. {@link ToyForLincheck} is
 * the same for Lincheck.
 */
final class ToyProgram {
    /** An operation and the entry that it is about. */
    private record Operation(String name, int entry) {}

    /** The entries; operations give whether they have done something. */
    private static final Specification<Integer, Operation, Boolean> SPECIFICATION = ToyProgram::after;

    private static final Linearizability<Integer, Operation, Boolean> CHECK = new Linearizability<>(1, SPECIFICATION);

    private final ControlledKernel kernel;
    private final boolean checked;
    private final History<Operation, Boolean> history = new History<>();
    private final Word[] entries = {new Word(1), new Word(0)};
    private final Word refs = new Word(2);
    private final Word pins = new Word(0);
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl");

    private ToyProgram(ControlledKernel kernel, boolean checked) {
        this.kernel = kernel;
        this.checked = checked;
    }

    /**
     * The toy.
     *
     * @param linearizable whether each execution is checked for linearizability too
     */
    static Subject<Outcome> subject(boolean linearizable) {
        return Subject.of(3, (kernel, tasks) -> new ToyProgram(kernel, linearizable).into(tasks));
    }

    private void into(Tasks tasks) {
        tasks.add("t0", task -> {
            operation(task, "pin", 0);
            operation(task, "insert", 1);
        });
        tasks.add("t1", task -> {
            operation(task, "unmap", 0);
            operation(task, "insert", 0);
        });
        tasks.add("t2", task -> {
            operation(task, "insert", 1);
            operation(task, "unmap", 1);
        });
        tasks.check("references add up", () -> value(refs) == 1 + value(entries[0]) + value(entries[1]) + value(pins));
        if (checked) {
            tasks.check("linearizable", () -> CHECK.explains(history));
        }
    }

    private long value(Word cell) {
        return kernel.readOnce(cell);
    }

    private static List<Integer> after(Integer state, Operation operation, Boolean done) {
        int bit = 1 << operation.entry;
        boolean present = (state & bit) != 0;
        boolean wanted = operation.name.equals("insert") != present;
        if (done != wanted) {
            return List.of();
        }
        return List.of(done && !operation.name.equals("pin") ? state ^ bit : state);
    }

    private void operation(Task task, String name, int entry) {
        if (checked) {
            history.perform(kernel, task, new Operation(name, entry), () -> run(task, name, entry));
        } else {
            run(task, name, entry);
        }
    }

    private boolean run(Task task, String name, int entry) {
        return switch (name) {
            case "insert" -> insert(task, entry);
            case "unmap" -> unmap(task, entry);
            default -> pin(task, entry);
        };
    }

    private boolean insert(Task task, int i) {
        kernel.spinLock(task, ptl);
        boolean free = kernel.readOnce(entries[i]) == 0;
        if (free) {
            kernel.addReturn(refs, 1);
            kernel.writeOnce(entries[i], 1);
        }
        kernel.spinUnlock(task, ptl);
        return free;
    }

    private boolean unmap(Task task, int i) {
        kernel.spinLock(task, ptl);
        boolean present = kernel.readOnce(entries[i]) != 0;
        if (present) {
            kernel.writeOnce(entries[i], 0);
            kernel.addReturn(refs, -1);
        }
        kernel.spinUnlock(task, ptl);
        return present;
    }

    private boolean pin(Task task, int i) {
        if (kernel.readOnce(entries[i]) == 0) {
            return false;
        }
        kernel.addReturn(refs, 1);
        if (kernel.readOnce(entries[i]) != 0) {
            kernel.addReturn(pins, 1);
            return true;
        }
        kernel.addReturn(refs, -1);
        kernel.spinLock(task, ptl);
        boolean present = kernel.readOnce(entries[i]) != 0;
        if (present) {
            kernel.addReturn(refs, 1);
            kernel.addReturn(pins, 1);
        }
        kernel.spinUnlock(task, ptl);
        return present;
    }
}
