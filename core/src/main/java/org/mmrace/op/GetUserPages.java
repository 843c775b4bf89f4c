package org.mmrace.op;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;

/**
 * {@code get_user_pages()}, {@code pin_user_pages()} and their fast forms: how many pages, which it holds; or a
 * negative errno.
 */
record GetUserPages(Arg.Region at, int flags, boolean fast) implements Op {
    @Override
    public Result run(Actor actor) {
        List<Page> pages = new ArrayList<>();
        Mm mm = actor.process(at);
        int got = fast
                ? actor.mm().gupFast().getUserPagesFast(actor.task(), mm, actor.addr(at), actor.pages(at), flags, pages)
                : actor.mm().gup().getUserPages(actor.task(), mm, actor.addr(at), actor.pages(at), flags, pages);
        return new Result(Errno.name(got), got > 0 ? new Result.Held(pages, flags) : null);
    }
}
