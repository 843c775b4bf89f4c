package org.mmrace.explore.linearize;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.linearize.History.Call;

/**
 * Looks for an order of the operations of a history that a {@link Specification} allows (Wing and Gong 1993): any call
 * that no other operation has returned before may be the next one. What has been tried is remembered as the set of
 * operations in the order and the state that they led to (Lowe 2017), so no such pair is tried twice. Operations that
 * have not returned may be in the order or not.
 *
 * @param <S> a state
 * @param <O> an operation with its arguments
 * @param <V> what an operation gives
 */
public final class Linearizability<S, O, V> {
    private final S initial;
    private final Specification<S, O, V> specification;

    /** Of an object that begins in {@code initial}. */
    public Linearizability(S initial, Specification<S, O, V> specification) {
        this.initial = initial;
        this.specification = specification;
    }

    /** A call or a return that is not in the order yet, in the order of time. */
    private static final class Entry<O, V> {
        private final Call<O, V> call;
        private final boolean isReturn;
        private Entry<O, V> before = this;
        private Entry<O, V> behind = this;

        /** Of a call that has returned: its return. */
        private @Nullable Entry<O, V> end;

        private Entry(Call<O, V> call, boolean isReturn) {
            this.call = call;
            this.isReturn = isReturn;
        }

        private void lift() {
            before.behind = behind;
            behind.before = before;
            if (end != null) {
                end.lift();
            }
        }

        private void putBack() {
            if (end != null) {
                end.putBack();
            }
            before.behind = this;
            behind.before = this;
        }
    }

    /**
     * What was tried.
     *
     * @param done the operations that are in the order
     * @param state what they led to
     */
    private record Tried<S>(BitSet done, S state) {}

    /** One check of one history. */
    private final class Search {
        private final Set<Tried<S>> tried = new HashSet<>();
        private final BitSet done = new BitSet();
        private final @Nullable Entry<O, V> head;
        private int returnsLeft;

        private Search(History<O, V> history) {
            head = entries(history);
        }

        private @Nullable Entry<O, V> entries(History<O, V> history) {
            List<Call<O, V>> calls = history.calls();
            if (calls.isEmpty()) {
                return null;
            }
            Entry<O, V> root = new Entry<>(calls.get(0), false); // in front of the first one; never in the order
            @SuppressWarnings({"unchecked", "rawtypes"}) // filled with what it is an array of
            Entry<O, V>[] begun = new Entry[calls.size()];
            for (int event : history.events()) {
                Entry<O, V> entry = new Entry<>(calls.get(event < 0 ? ~event : event), event < 0);
                entry.before = root.before;
                entry.behind = root;
                root.before.behind = entry;
                root.before = entry;
                if (event < 0) {
                    begun[~event].end = entry;
                    returnsLeft++;
                } else {
                    begun[event] = entry;
                }
            }
            return root;
        }

        /** Whether the operations that are left can be ordered, from {@code state} on. */
        private boolean orders(S state) {
            if (returnsLeft == 0 || head == null) {
                return true;
            }
            for (Entry<O, V> entry = head.behind; entry != head && !entry.isReturn; entry = entry.behind) {
                if (follows(entry, state)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether {@code entry} may be the next one, and the others behind it. */
        private boolean follows(Entry<O, V> entry, S state) {
            O operation = entry.call.operation();
            V result = entry.call.result();
            List<S> nexts = result == null
                    ? specification.afterAny(state, operation)
                    : specification.after(state, operation, result);
            for (S next : nexts) {
                done.set(entry.call.number());
                if (tried.add(new Tried<>((BitSet) done.clone(), next)) && leads(entry, next)) {
                    return true;
                }
                done.clear(entry.call.number());
            }
            return false;
        }

        private boolean leads(Entry<O, V> entry, S next) {
            int returned = entry.end == null ? 0 : 1;
            entry.lift();
            returnsLeft -= returned;
            boolean ordered = orders(next);
            returnsLeft += returned;
            entry.putBack();
            return ordered;
        }
    }

    /** Whether {@code history} can be explained. */
    public boolean explains(History<O, V> history) {
        return new Search(history).orders(initial);
    }
}
