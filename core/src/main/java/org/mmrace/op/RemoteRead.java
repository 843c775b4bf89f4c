package org.mmrace.op;

import org.mmrace.kernel.LocalLong;

/** {@code process_vm_readv(2)} and a read of /proc/PID/mem: the value, or a negative errno. */
record RemoteRead(Arg.Region at, boolean procMem) implements Op {
    @Override
    public Result run(Actor actor) {
        RemoteAccess remote = new RemoteAccess(actor.machine());
        LocalLong value = new LocalLong(0);
        int error = procMem
                ? remote.procMemRead(actor.task(), actor.process(at), actor.addr(at), value)
                : remote.processVmReadv(actor.task(), actor.process(at), actor.addr(at), value);
        return error == 0 ? Result.value(value.get()) : Result.of(error);
    }
}
