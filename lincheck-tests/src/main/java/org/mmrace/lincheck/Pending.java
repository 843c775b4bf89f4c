package org.mmrace.lincheck;

/** Where an operation stands between two of its points. */
final class Pending {
    private int next;
    private String soFar;
    private boolean locked;

    Pending() {
        this(0, "", false);
    }

    private Pending(int next, String soFar, boolean locked) {
        this.next = next;
        this.soFar = soFar;
        this.locked = locked;
    }

    Pending copy() {
        return new Pending(next, soFar, locked);
    }

    /** The number of the next point, 0 at the call. */
    int next() {
        return next;
    }

    /** That point is over. */
    void advance() {
        next++;
    }

    /** What the points before have contributed to the result. */
    String soFar() {
        return soFar;
    }

    /** Contributes to the result. */
    void append(String more) {
        soFar = soFar + more;
    }

    /** Whether it has taken the lock that it keeps until it returns. */
    boolean locked() {
        return locked;
    }

    /** It has taken that lock. */
    void lock() {
        locked = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pending pending
                && pending.next == next
                && pending.locked == locked
                && pending.soFar.equals(soFar);
    }

    @Override
    public int hashCode() {
        return 31 * next + soFar.hashCode() + (locked ? 1 : 0);
    }
}
