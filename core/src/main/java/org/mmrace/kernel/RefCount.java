package org.mmrace.kernel;

/**
 * A page's reference count ({@code struct page._refcount}): a signed counter that wraps at a configurable limit, so
 * that an overflow which takes 2^31 references on a real machine takes a handful here.
 */
public final class RefCount {
    final Word raw;
    private final long limit;

    /**
     * A counter that holds {@code initial}.
     *
     * @param limit the first positive value that no longer fits: adding one to {@code limit - 1} gives {@code -limit}
     */
    public RefCount(long initial, long limit) {
        this.raw = new Word(initial);
        this.limit = limit;
    }

    /** {@code value} as a counter of this width shows it. */
    long wrap(long value) {
        return value >= -limit && value < limit ? value : Math.floorMod(value + limit, 2 * limit) - limit;
    }
}
