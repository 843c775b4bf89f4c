package org.mmrace.op;

import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Page;

/** KVM's {@code hva_to_pfn()} for a read: 0 and the page, whose reference it holds if the frame has one; or -EFAULT. */
record KvmHvaToPfn(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        long pfn = actor.mm().kvm().hvaToPfn(actor.task(), actor.process(at), actor.addr(at), false);
        if (pfn < 0) {
            return Result.of(pfn);
        }
        Page page = actor.machine().platform().memory().page(pfn);
        return new Result(Errno.name(0), page == null ? null : new Result.Held(List.of(page), GupFlags.GET));
    }
}
