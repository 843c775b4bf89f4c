package org.mmrace.mm;

import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Word;

/**
 * One object of {@code vm_area_cachep}, the type-safe slab of 6.15 and later ({@code SLAB_TYPESAFE_BY_RCU}): it stays a
 * {@code vm_area_struct} for ever, but an RCU reader may find that it has become another VMA, of another mm. A
 * {@link Vma} is one life of such an object.
 */
final class VmaObject {
    /** {@code vm_refcnt}: 0 detached, 1 attached, one more per reader, {@link VmaRefcnt#LOCK_OFFSET} with a writer. */
    final Word vmRefcnt = new Word();

    /** What it is now, or was last. */
    final RcuPointer<Vma> vma = new RcuPointer<>(null);
}
