package org.mmrace.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/**
 * What one task does next. One object per task, which changes as the task moves on: look at it, do not keep it. While a
 * task stands at a step the step has not happened.
 */
public final class Step {
    private final int number;
    private final Task task;
    private Verb verb = Verb.COND_RESCHED;
    private @Nullable Object object;
    private int index;
    private @Nullable Lockable lock;
    private List<String> functions = List.of();
    private List<String> source = List.of();
    private @Nullable Guard guard;
    private List<Access> further = List.of();
    private boolean finished;
    private @Nullable Runnable atBegin;

    Step(int number, Task task) {
        this.number = number;
        this.task = task;
    }

    void set(Verb newVerb, @Nullable Object newObject, int newIndex) {
        set(newVerb, newObject, newIndex, newObject instanceof Lockable lockable ? lockable : null, null, List.of());
    }

    /** The places are {@code newObject} with {@code newIndex} first, if there is one, and then {@code newFurther}. */
    void set(
            Verb newVerb,
            @Nullable Object newObject,
            int newIndex,
            @Nullable Lockable newLock,
            @Nullable Guard newGuard,
            List<Access> newFurther) {
        lock = newLock;
        verb = newVerb;
        object = newObject;
        index = newIndex;
        guard = newGuard;
        further = newFurther;
    }

    void setFunctions(List<String> newFunctions) {
        functions = newFunctions;
    }

    void setSource(List<String> newSource) {
        source = newSource;
    }

    void setAtBegin(@Nullable Runnable action) {
        atBegin = action;
    }

    /** It happens, on the thread of the task. */
    void begin() {
        Runnable action = atBegin;
        if (action != null) {
            atBegin = null;
            action.run();
        }
    }

    void finish() {
        finished = true;
        guard = null;
    }

    /** The place of the task among the tasks of the execution, from 0 on. */
    public int number() {
        return number;
    }

    /** Whose step it is. */
    public Task task() {
        return task;
    }

    /** What it does. */
    public Verb verb() {
        return verb;
    }

    /** The cell, lock or CPU that it is about; null for one that concerns nothing shared. */
    public @Nullable Object object() {
        return object;
    }

    /** The number of the CPU whose sections it is about; -1 if it is about no CPU. */
    public int cpu() {
        return object instanceof ControlledCpu cpu ? cpu.number() : -1;
    }

    /** Which element of the object, 0 unless the object is an array of cells. */
    public int index() {
        return index;
    }

    /** The lock that it is about, for a lock bit another object than the cell of the bit; or null. */
    public @Nullable Lockable lock() {
        return lock;
    }

    /** The methods of the program that it is in, innermost first; empty unless the strategy or the listener asked. */
    public List<String> functions() {
        return functions;
    }

    /**
     * The lines of the program that it is in, such as {@code "install(InsertPage.java:123)"}, innermost first; empty
     * unless the listener asked for them.
     */
    public List<String> source() {
        return source;
    }

    /** The line of the program that it is in, such as {@code "InsertPage.java:123"}; empty where {@link #source} is. */
    public String line() {
        String innermost = source.isEmpty() ? "()" : source.get(0);
        return innermost.substring(innermost.indexOf('(') + 1, innermost.length() - 1);
    }

    /** Whether the task has no more steps. */
    public boolean finished() {
        return finished;
    }

    /** Whether it can happen now. */
    public boolean enabled() {
        return !finished && (guard == null || guard.holds());
    }

    /** What it waits for; null for a step that can always happen. */
    public @Nullable Guard guard() {
        return guard;
    }

    /** Whether it may change its {@link #object} in a way that others can tell. */
    public boolean writes() {
        return switch (verb) {
            case DOWN_READ, DOWN_READ_TRYLOCK, UP_READ -> false; // readers only count themselves
            case NOTE_CONTEXT_SWITCH, RCU_BARRIER -> false; // the queue is the task's own
            default -> verb.writes();
        };
    }

    /** The places that it touches beside {@link #object}. */
    public List<Access> further() {
        return further;
    }

    /**
     * Whether the order of this step and {@code other} may matter: they are of one task, or one of them writes where
     * the other one reads or writes.
     */
    public boolean dependsOn(Step other) {
        return number == other.number
                || (object != null
                        && (other.touches(object, index, !writes()) || (!further.isEmpty() && furtherMeets(other))));
    }

    private boolean furtherMeets(Step other) {
        for (Access access : further) {
            if (other.touches(access.object(), access.index(), !access.writes())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it touches a place.
     *
     * @param writing whether only writing counts
     */
    public boolean touches(Object place, int part, boolean writing) {
        if (object == place && index == part && (!writing || writes())) {
            return true;
        }
        for (Access access : further) {
            if (access.object() == place && access.index() == part && (!writing || access.writes())) {
                return true;
            }
        }
        return false;
    }

    /** In kernel words, such as {@code "spin_lock(ptl:7)"}; cells without a name are left out. */
    @Override
    public String toString() {
        Object name = lock != null ? lock : object;
        return verb.word() + (name instanceof Lockable || name instanceof ControlledCpu ? "(" + name + ")" : "()");
    }
}
