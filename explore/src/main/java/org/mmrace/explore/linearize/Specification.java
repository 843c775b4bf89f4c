package org.mmrace.explore.linearize;

import java.util.List;

/**
 * What operations may do when they run one at a time.
 *
 * @param <S> a state; immutable, with {@code equals} and {@code hashCode}
 * @param <O> an operation with its arguments
 * @param <V> what an operation gives; with {@code equals}
 */
@FunctionalInterface
public interface Specification<S, O, V> {
    /**
     * The states that {@code operation} may lead to from {@code state} when it gives {@code result}: none if it cannot
     * give that, one for most, several where the state does not show in the result.
     */
    List<S> after(S state, O operation, V result);

    /**
     * The states that {@code operation} may lead to, whatever it gives: for one that has been called and has not
     * returned, because its task crashed or waits for ever.
     *
     * @throws UnsupportedOperationException unless somebody says more
     */
    default List<S> afterAny(S state, O operation) {
        throw new UnsupportedOperationException(operation + " has not returned, and nobody says what it may have done");
    }
}
