package org.mmrace.explore.strategy;

/**
 * A hash of 128 bits of a sequence of numbers, as two lanes that share nothing but their input. For telling apart the
 * states of one search, not against an adversary.
 */
final class Hash128 {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD1B54A32D192ED03L;

    long high;
    long low;

    /** The hash of nothing. */
    void clear() {
        high = 0;
        low = 0;
    }

    /** The hash of what {@code other} is the hash of. */
    void set(Hash128 other) {
        high = other.high;
        low = other.low;
    }

    /** The sequence goes on with {@code value}. */
    void add(long value) {
        high = mixHigh(high + value * FIRST + FIRST);
        low = mixLow((low ^ value) * SECOND + FIRST);
    }

    /** The sequence goes on with what {@code other} has seen. */
    void add(Hash128 other) {
        high = mixHigh(high + other.high * FIRST + FIRST);
        low = mixLow((low ^ other.low) * SECOND + FIRST);
    }

    /** As a set that gets one element more; {@link #remove} takes it out again. */
    void insert(Hash128 element) {
        high += element.high;
        low += element.low;
    }

    /** As a set without one of its elements. */
    void remove(Hash128 element) {
        high -= element.high;
        low -= element.low;
    }

    /** The finalizer of SplittableRandom (Steele, Lea, Flood, OOPSLA 2014; Stafford's mix 13). */
    private static long mixHigh(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** The finalizer of MurmurHash3 (Appleby). */
    private static long mixLow(long z) {
        long x = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        x = (x ^ (x >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return x ^ (x >>> 33);
    }
}
