package org.mmrace.op;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One argument of an operation, as it was written and checked; prints as it is written. */
public sealed interface Arg {
    /**
     * Consecutive pages of a VMA or file.
     *
     * @param process in which process, null for that of the task, or where the VMA was declared
     * @param name of the VMA or file
     * @param first the first page; -1 for all of it
     * @param last the last page, not before the first
     */
    record Region(@Nullable String process, String name, int first, int last) implements Arg {
        /** All of it. */
        public static final int ALL = -1;

        /** Whether no page is named. */
        public boolean isAll() {
            return first == ALL;
        }

        @Override
        public String toString() {
            String pages = isAll() ? "" : first == last ? "[" + first + "]" : "[" + first + ".." + last + "]";
            return (process == null ? "" : process + ":") + name + pages;
        }
    }

    /** The name of a process, page, file, VMA or result; or a keyword. */
    record Name(String name) implements Arg {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A number. */
    record Number(long value) implements Arg {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** Flags by their kernel names, in the order of their bits. */
    record Flags(List<String> names) implements Arg {
        /** Keeps its own copy. */
        public Flags {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return String.join("|", names);
        }
    }
}
