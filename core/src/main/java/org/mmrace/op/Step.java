package org.mmrace.op;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of a script: an operation with its arguments. Prints as it is written, such as {@code p =
 * pin_user_pages_fast V[0] FOLL_WRITE}.
 *
 * @param result the name of its result, null if nobody asks for it
 * @param kind what is done
 * @param args to what, as {@link OpKind#args} says
 * @param line where it is written, 1 for the first line of the file, 0 for nowhere; the same step may stand anywhere
 * @param column where in that line, 1 for the first character, 0 for nowhere
 */
public record Step(@Nullable String result, OpKind kind, List<Arg> args, int line, int column) {
    /** Keeps its own copy. */
    public Step {
        args = List.copyOf(args);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Step step
                && Objects.equals(result, step.result)
                && kind.equals(step.kind)
                && args.equals(step.args);
    }

    @Override
    public int hashCode() {
        return Objects.hash(result, kind, args);
    }

    /** The operation, ready to run. */
    public Op op() {
        return kind.make(args);
    }

    @Override
    public String toString() {
        String call = kind.name() + args.stream().map(arg -> " " + arg).collect(Collectors.joining());
        return result == null ? call : result + " = " + call;
    }
}
