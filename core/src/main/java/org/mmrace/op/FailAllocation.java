package org.mmrace.op;

/** Makes the n-th page allocation from now on fail, 1 for the next one. */
record FailAllocation(long n) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.machine().platform().memory().failAllocation(n);
        return Result.of(0);
    }
}
