package org.mmrace.op;

/** KVM's {@code kvm_release_pfn_clean()} of what {@link KvmHvaToPfn} gave. */
record KvmReleasePfn(String result) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.held(result).pages().forEach(page -> actor.mm().kvm().releasePfn(actor.task(), page.pfn()));
        return Result.of(0);
    }
}
