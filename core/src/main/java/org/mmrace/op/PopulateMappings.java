package org.mmrace.op;

/** A driver maps its page wherever this page of its file is mapped: how many entries it has installed. */
record PopulateMappings(Arg.Region at, String page) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm()
                .filePopulate()
                .populate(actor.task(), actor.stage().file(at.name()), at.first(), actor.page(page)));
    }
}
