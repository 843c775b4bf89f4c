package org.mmrace.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;

/** A task on the stage: who runs operations, and what they mean by the names in their arguments. */
public final class Actor {
    private final Stage stage;
    private final Task task;
    private final @Nullable String process;

    /**
     * {@code task} on {@code stage}.
     *
     * @param process the process that it belongs to; null for one that is in whatever process it touches
     */
    public Actor(Stage stage, Task task, @Nullable String process) {
        this.stage = stage;
        this.task = task;
        this.process = process;
    }

    /** The stage. */
    public Stage stage() {
        return stage;
    }

    /** The task. */
    public Task task() {
        return task;
    }

    /** The machine. */
    public Machine machine() {
        return stage.machine();
    }

    /** The kernel's mm/. */
    public MemoryManager mm() {
        return machine().mm();
    }

    /** What runs the machine. */
    public Kernel kernel() {
        return machine().kernel();
    }

    /** Runs one step, publishes its result if it has a name, and passes a quiescent state; a crash gives BUG. */
    public Result perform(Step step) {
        Result result;
        try {
            result = step.op().run(this);
            kernel().noteContextSwitch(task);
        } catch (MissingException e) {
            result = Result.NONE;
        } catch (Bug e) {
            result = Result.BUG;
        }
        if (step.result() != null) {
            stage.publish(step.result(), result);
        }
        return result;
    }

    /** The address space that {@code at} is in. */
    public Mm process(Arg.Region at) {
        if (at.process() != null) {
            return stage.process(at.process());
        }
        return stage.process(process == null ? stage.vma(at.name()).process() : process);
    }

    /** The address space of a process; of the task's own, or of the first one of the scenario, for null. */
    public Mm processOrOwn(@Nullable String name) {
        String wanted = name == null ? process : name;
        return wanted == null ? stage.mms().get(0) : stage.process(wanted);
    }

    /** The first byte of {@code at}. */
    public long addr(Arg.Region at) {
        return stage.vma(at.name()).addr(Math.max(at.first(), 0));
    }

    /** How many pages {@code at} has. */
    public int pages(Arg.Region at) {
        return at.isAll() ? stage.vma(at.name()).pages() : at.last() - at.first() + 1;
    }

    /** The length of {@code at} in bytes. */
    public long length(Arg.Region at) {
        return pages(at) * Address.PAGE_SIZE;
    }

    /** A page. */
    public Page page(String name) {
        return stage.page(name);
    }

    /** Pages. */
    public List<Page> pages(List<String> names) {
        return names.stream().map(stage::page).toList();
    }

    /** The pages of an earlier result; none if it got none. */
    public Result.Held held(String result) {
        Result.Held held = stage.result(result).held();
        if (held == null) {
            throw new MissingException(result);
        }
        return held;
    }
}
