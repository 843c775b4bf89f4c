package org.mmrace.explore;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.RawCells;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * The part of {@link ControlledKernel} that reads and writes cells. Each verb is one step and then a plain access,
 * because no other task runs meanwhile.
 */
abstract class ControlledCells {
    /** Returns when the step may happen. */
    abstract void point(Verb verb, @Nullable Object object, int index);

    /** As {@link #point(Verb, Object, int)}, for an object without elements. */
    final void point(Verb verb, @Nullable Object object) {
        point(verb, object, 0);
    }

    static @Nullable Object inside(@Nullable Object cell, int index) {
        if (cell instanceof Word word) {
            return RawCells.get(word);
        }
        if (cell instanceof WordArray array) {
            return RawCells.get(array, index);
        }
        return cell instanceof RcuPointer<?> pointer ? RawCells.get(pointer) : null;
    }

    public long readOnce(Word cell) {
        point(Verb.READ_ONCE, cell);
        return RawCells.get(cell);
    }

    public void writeOnce(Word cell, long value) {
        point(Verb.WRITE_ONCE, cell);
        RawCells.set(cell, value);
    }

    public long loadAcquire(Word cell) {
        point(Verb.LOAD_ACQUIRE, cell);
        return RawCells.get(cell);
    }

    public void storeRelease(Word cell, long value) {
        point(Verb.STORE_RELEASE, cell);
        RawCells.set(cell, value);
    }

    public boolean cmpxchg(Word cell, long expected, long update) {
        point(Verb.CMPXCHG, cell);
        return RawCells.cmpxchg(cell, expected, update);
    }

    public long addReturn(Word cell, long delta) {
        point(Verb.ADD_RETURN, cell);
        return RawCells.add(cell, delta);
    }

    public long readPlain(Word cell) {
        point(Verb.PLAIN_READ, cell);
        return RawCells.get(cell);
    }

    public void writePlain(Word cell, long value) {
        point(Verb.PLAIN_WRITE, cell);
        RawCells.set(cell, value);
    }

    public long readPlain(WordArray cells, int index) {
        point(Verb.PLAIN_READ, cells, index);
        return RawCells.get(cells, index);
    }

    public void writePlain(WordArray cells, int index, long value) {
        point(Verb.PLAIN_WRITE, cells, index);
        RawCells.set(cells, index, value);
    }

    public long readOnce(WordArray cells, int index) {
        point(Verb.READ_ONCE, cells, index);
        return RawCells.get(cells, index);
    }

    public void writeOnce(WordArray cells, int index, long value) {
        point(Verb.WRITE_ONCE, cells, index);
        RawCells.set(cells, index, value);
    }

    public boolean cmpxchg(WordArray cells, int index, long expected, long update) {
        point(Verb.CMPXCHG, cells, index);
        return RawCells.cmpxchg(cells, index, expected, update);
    }

    public long xchg(WordArray cells, int index, long value) {
        point(Verb.XCHG, cells, index);
        long old = RawCells.get(cells, index);
        RawCells.set(cells, index, value);
        return old;
    }

    public long addReturn(WordArray cells, int index, long delta) {
        point(Verb.ADD_RETURN, cells, index);
        return RawCells.add(cells, index, delta);
    }

    public <T> @Nullable T rcuDereference(RcuPointer<T> pointer) {
        point(Verb.RCU_DEREFERENCE, pointer);
        return RawCells.get(pointer);
    }

    public <T> void rcuAssignPointer(RcuPointer<T> pointer, @Nullable T target) {
        point(Verb.RCU_ASSIGN_POINTER, pointer);
        RawCells.set(pointer, target);
    }

    public long refRead(RefCount count) {
        point(Verb.REF_READ, RawCells.cell(count));
        return RawCells.wrap(count, RawCells.get(RawCells.cell(count)));
    }

    public long refAdd(RefCount count, long delta) {
        point(Verb.REF_ADD, RawCells.cell(count));
        return RawCells.wrap(count, RawCells.add(RawCells.cell(count), delta));
    }

    public long refAddUnlessZero(RefCount count, long delta) {
        point(Verb.REF_ADD_UNLESS_ZERO, RawCells.cell(count));
        Word cell = RawCells.cell(count);
        return RawCells.wrap(count, RawCells.get(cell)) == 0 ? 0 : RawCells.wrap(count, RawCells.add(cell, delta));
    }
}
