package org.mmrace.op;

/** {@code process_vm_writev(2)} and a write to /proc/PID/mem: 0, or a negative errno. */
record RemoteWrite(Arg.Region at, long value, boolean procMem) implements Op {
    @Override
    public Result run(Actor actor) {
        RemoteAccess remote = new RemoteAccess(actor.machine());
        return Result.of(
                procMem
                        ? remote.procMemWrite(actor.task(), actor.process(at), actor.addr(at), value)
                        : remote.processVmWritev(actor.task(), actor.process(at), actor.addr(at), value));
    }
}
