package org.mmrace.op;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess;

/**
 * What an operation gave.
 *
 * @param text in kernel words: {@code 0}, {@code -EBUSY}, {@code SIGBUS}, a loaded value, an entry such as {@code Zsa}
 * @param held the pages that it got or pinned and that somebody must give back; null if there are none
 */
public record Result(String text, @Nullable Held held) {
    /** Of an operation that needed what was not there, such as the pages of a pin that has not happened. */
    public static final Result NONE = new Result("none", null);

    /** Of an operation in which the kernel crashed. */
    public static final Result BUG = new Result("BUG", null);

    private static final Set<String> FAILED = Set.of("OOM", "KILLED");

    /**
     * Pages with the references that were taken.
     *
     * @param pages in the order of their addresses
     * @param flags how they were asked for, {@link org.mmrace.mm.GupFlags}
     */
    public record Held(List<Page> pages, int flags) {
        /** Keeps its own copy. */
        public Held {
            pages = List.copyOf(pages);
        }
    }

    /** An {@code int} or {@code long} result: a negative errno by its name, else the number. */
    public static Result of(long result) {
        return new Result(Errno.name(result), null);
    }

    /** What a load saw. */
    public static Result value(long value) {
        return new Result(Long.toString(value), null);
    }

    /** How a page fault ended ({@code vm_fault_t}). */
    public static Result fault(int result) {
        return new Result(FaultResult.name(result), null);
    }

    /** How a user access ended that has nothing else to say: {@code 0}, or the name of the signal. */
    public static Result of(UserAccess.Outcome outcome) {
        return new Result(outcome == UserAccess.Outcome.DONE ? "0" : outcome.name(), null);
    }

    /** Words. */
    public static Result of(String text) {
        return new Result(text, null);
    }

    /** Whether the operation was refused, failed or could not be tried: an errno, a signal, a crash, or nothing. */
    public boolean isFailure() {
        return text.startsWith("-E") || text.startsWith("SIG") || FAILED.contains(text) || equals(BUG) || equals(NONE);
    }

    @Override
    public String toString() {
        return text;
    }
}
