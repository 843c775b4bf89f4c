package org.mmrace.mm;

import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code split_huge_page()} (mm/huge_memory.c): a compound page becomes single ones. */
public final class SplitFolio {
    private final Kernel kernel;
    private final Folios folios;
    private final Memory memory;

    SplitFolio(Platform platform) {
        this.kernel = platform.kernel;
        this.folios = platform.folios;
        this.memory = platform.memory;
    }

    /**
     * Splits the compound page of {@code head}, whose entries the caller has unmapped, as the kernel unmaps those of a
     * file: they fault back in. The caller owns one reference, and one on each page afterwards.
     *
     * @return 0, or -EAGAIN if somebody else has a reference
     */
    public int splitFolio(Task task, Page head) {
        folios.lock(task, head);
        boolean frozen = kernel.refFreeze(head.ref, 1);
        if (frozen) {
            List<Page> tails = memory.tailsOf(head);
            for (Page tail : tails) {
                tail.clearCompoundHead(kernel);
                tail.refs(RefKind.OWNER).set(1);
                kernel.refAdd(tail.ref, 1);
            }
            kernel.refAdd(head.ref, 1);
        }
        folios.unlock(task, head);
        return frozen ? 0 : -Errno.EAGAIN;
    }
}
