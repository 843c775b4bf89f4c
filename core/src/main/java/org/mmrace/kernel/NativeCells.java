package org.mmrace.kernel;

import org.jspecify.annotations.Nullable;

/** The part of {@link NativeKernel} that reads and writes cells; a method says what its verb in {@link Kernel} says. */
abstract class NativeCells {
    final Noise noise;

    NativeCells(Noise noise) {
        this.noise = noise;
    }

    public long readOnce(Word cell) {
        return (long) Word.VALUE.getAcquire(cell);
    }

    public void writeOnce(Word cell, long value) {
        Word.VALUE.setRelease(cell, value);
    }

    public long loadAcquire(Word cell) {
        return (long) Word.VALUE.getAcquire(cell);
    }

    public void storeRelease(Word cell, long value) {
        Word.VALUE.setRelease(cell, value);
    }

    public boolean cmpxchg(Word cell, long expected, long update) {
        return Word.VALUE.compareAndSet(cell, expected, update);
    }

    public long addReturn(Word cell, long delta) {
        noise.step();
        return (long) Word.VALUE.getAndAdd(cell, delta) + delta;
    }

    /** Opaque: never torn, never hoisted out of a loop, so that a race under a fault is about the kernel and no JIT. */
    public long readPlain(Word cell) {
        return (long) Word.VALUE.getOpaque(cell);
    }

    public void writePlain(Word cell, long value) {
        Word.VALUE.setOpaque(cell, value);
    }

    public long readPlain(WordArray cells, int index) {
        return (long) WordArray.ELEMENT.getOpaque(cells.values, index);
    }

    public void writePlain(WordArray cells, int index, long value) {
        WordArray.ELEMENT.setOpaque(cells.values, index, value);
    }

    public long readOnce(WordArray cells, int index) {
        return (long) WordArray.ELEMENT.getAcquire(cells.values, index);
    }

    public void writeOnce(WordArray cells, int index, long value) {
        noise.step();
        WordArray.ELEMENT.setRelease(cells.values, index, value);
    }

    public boolean cmpxchg(WordArray cells, int index, long expected, long update) {
        noise.step();
        return WordArray.ELEMENT.compareAndSet(cells.values, index, expected, update);
    }

    public long xchg(WordArray cells, int index, long value) {
        noise.step();
        return (long) WordArray.ELEMENT.getAndSet(cells.values, index, value);
    }

    public long addReturn(WordArray cells, int index, long delta) {
        return (long) WordArray.ELEMENT.getAndAdd(cells.values, index, delta) + delta;
    }

    @SuppressWarnings("unchecked") // rcuAssignPointer stores nothing but a T
    public <T> @Nullable T rcuDereference(RcuPointer<T> pointer) {
        return (T) RcuPointer.TARGET.getAcquire(pointer);
    }

    public <T> void rcuAssignPointer(RcuPointer<T> pointer, @Nullable T target) {
        RcuPointer.TARGET.setRelease(pointer, target);
    }

    public long refRead(RefCount count) {
        return count.wrap(readOnce(count.raw));
    }

    public long refAdd(RefCount count, long delta) {
        noise.step();
        return count.wrap(addReturn(count.raw, delta));
    }

    public long refAddUnlessZero(RefCount count, long delta) {
        noise.step();
        while (true) {
            long old = readOnce(count.raw);
            if (count.wrap(old) == 0) {
                return 0;
            }
            if (cmpxchg(count.raw, old, old + delta)) {
                return count.wrap(old + delta);
            }
        }
    }
}
