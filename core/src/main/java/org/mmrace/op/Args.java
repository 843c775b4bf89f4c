package org.mmrace.op;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The arguments of one operation, for its constructor; the parser has checked them against {@link OpKind#args}. */
public final class Args {
    private final List<Arg> args;

    Args(List<Arg> args) {
        this.args = args;
    }

    private @Nullable Arg find(int i) {
        return i < args.size() ? args.get(i) : null;
    }

    /** A page, or pages, of a VMA or file. */
    public Arg.Region region(int i) {
        return (Arg.Region) args.get(i);
    }

    /** A name, or a keyword. */
    public String name(int i) {
        return ((Arg.Name) args.get(i)).name();
    }

    /** A name that may be left out. */
    public @Nullable String nameOrNull(int i) {
        Arg arg = find(i);
        return arg == null ? null : ((Arg.Name) arg).name();
    }

    /** All names from {@code i} on. */
    public List<String> names(int i) {
        return args.stream().skip(i).map(arg -> ((Arg.Name) arg).name()).toList();
    }

    /** A number. */
    public long number(int i) {
        return ((Arg.Number) args.get(i)).value();
    }

    private long flags(int i, ToLongFunction<String> bit) {
        Arg arg = find(i);
        if (arg == null) {
            return 0;
        }
        return ((Arg.Flags) arg).names().stream().mapToLong(bit).reduce(0, (a, b) -> a | b);
    }

    /** {@code FOLL_*} bits, 0 if left out. */
    public int foll(int i) {
        return (int) flags(i, FlagWords.FOLL::bit);
    }

    /** {@code PROT_*} as VM_READ, VM_WRITE, VM_EXEC bits. */
    public long prot(int i) {
        return flags(i, FlagWords.PROT::bit);
    }

    /** {@code VM_*} bits. */
    public long vmFlags(int i) {
        return flags(i, FlagWords.VM::bit);
    }

    /** Whether mmap_lock is to be held for reading only. */
    public boolean mmapReadLock(int i) {
        return MmapLocked.READ.equals(nameOrNull(i));
    }
}
