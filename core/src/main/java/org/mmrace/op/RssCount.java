package org.mmrace.op;

import org.mmrace.mm.RssStat;

/** A counter of resident pages of a process, in pages. */
record RssCount(String process, String counter) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.value(actor.stage().process(process).rss().get(RssStat.Counter.valueOf(counter)));
    }
}
