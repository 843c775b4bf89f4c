package org.mmrace.kernel;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What traces call the cells of a machine, and how they write what is in them. Cells do not know their names, because
 * the model has no use for them; whoever owns cells tells them here when somebody asks. What is told last counts.
 */
public final class CellNames {
    private record Known(IntFunction<String> name, LongFunction<String> value) {}

    private final Map<Object, Known> cells = new IdentityHashMap<>();
    private final LongFunction<String> frames;

    /**
     * No names yet.
     *
     * @param frames what page frames are called
     */
    public CellNames(LongFunction<String> frames) {
        this.frames = frames;
    }

    /** What the page frame {@code pfn} is called. */
    public String frame(long pfn) {
        return frames.apply(pfn);
    }

    /** A cell that holds a number. */
    public void word(Word cell, Supplier<String> name) {
        word(cell, name, Long::toString);
    }

    /** A cell whose values are written as {@code value} says. */
    public void word(Word cell, Supplier<String> name, LongFunction<String> value) {
        cells.put(cell, new Known(index -> name.get(), value));
    }

    /** Cells that hold numbers; {@code name} is asked for one of them by its index. */
    public void words(WordArray array, IntFunction<String> name) {
        words(array, name, Long::toString);
    }

    /** Cells whose values are written as {@code value} says. */
    public void words(WordArray array, IntFunction<String> name, LongFunction<String> value) {
        cells.put(array, new Known(name, value));
    }

    /** A reference count. */
    public void count(RefCount count, Supplier<String> name) {
        word(count.raw, name, value -> Long.toString(count.wrap(value)));
    }

    /** A sequence counter. */
    public void sequence(SeqCount count, Supplier<String> name) {
        word(count.sequence, name);
    }

    /** A pointer; what it points to says itself how it is written. */
    public void pointer(RcuPointer<?> pointer, Supplier<String> name) {
        cells.put(pointer, new Known(index -> name.get(), Long::toString));
    }

    /** The name of a cell, null if nobody has told it. */
    public @Nullable String nameOf(Object cell, int index) {
        Known known = cells.get(cell);
        return known == null ? null : known.name.apply(index);
    }

    /** How the number {@code value} in {@code cell} is written. */
    public String valueOf(Object cell, long value) {
        Known known = cells.get(cell);
        return known == null ? Long.toString(value) : known.value.apply(value);
    }
}
