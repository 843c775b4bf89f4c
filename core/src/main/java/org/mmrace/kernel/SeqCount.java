package org.mmrace.kernel;

/** A sequence counter ({@code seqcount_t}): odd while its writer is at work. */
public final class SeqCount {
    final Word sequence = new Word();

    /** A counter at rest, at 0. */
    public SeqCount() {}
}
