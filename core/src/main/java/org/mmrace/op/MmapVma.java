package org.mmrace.op;

/** {@code mmap(2)} of a declared VMA at its place: 0, or a negative errno. */
record MmapVma(String vma) implements Op {
    @Override
    public Result run(Actor actor) {
        Arg.Region all = new Arg.Region(null, vma, Arg.Region.ALL, Arg.Region.ALL);
        return Result.of(actor.stage().mmap(actor.task(), vma, actor.process(all)));
    }
}
