package org.mmrace.check;

import java.util.Arrays;
import java.util.BitSet;
import org.mmrace.mm.Platform;

/** What {@link QuiescentAudit} counts on its walk through the page tables. */
final class Census {
    /** For each frame with a struct page, the counted entries that map it. */
    final int[] countedEntries;

    /** The same for its folio: the head of a compound page has those of its tails. */
    final int[] folioEntries;

    /** The ids of the tables found below the PGDs. */
    final BitSet tables = new BitSet();

    /** The frames that a dirty entry maps. */
    final BitSet dirty = new BitSet();

    Census(Platform platform) {
        countedEntries = new int[platform.memory().frames()];
        folioEntries = new int[platform.memory().frames()];
    }

    void clear() {
        Arrays.fill(countedEntries, 0);
        Arrays.fill(folioEntries, 0);
        tables.clear();
        dirty.clear();
    }
}
