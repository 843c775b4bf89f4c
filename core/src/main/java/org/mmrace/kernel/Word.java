package org.mmrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One shared 64-bit cell: a flag word, a counter, a sequence number. Its value is reachable through {@link Kernel}
 * only, so that a scheduler sees every access.
 */
public final class Word {
    static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Word.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through VALUE
    long value;

    /** A cell that holds 0. */
    public Word() {}

    /** A cell that holds {@code initial}. */
    public Word(long initial) {
        VALUE.set(this, initial);
    }
}
