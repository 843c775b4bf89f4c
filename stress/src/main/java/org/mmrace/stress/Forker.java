package org.mmrace.stress;

import org.mmrace.mm.Mm;

/** Forks, lets the child run between the operations of the others, and lets it exit. */
final class Forker implements Role {
    private static final int CHILD_OPS_MAX = 12;

    @Override
    public void step(Worker worker) {
        if (worker.child() == null && !fork(worker)) {
            return;
        }
        runChild(worker);
        if (worker.random().nextInt(3) != 0) {
            exit(worker);
        }
    }

    /** Forks one of the processes of the campaign; children have no children. */
    private static boolean fork(Worker worker) {
        Process parent = worker.process();
        worker.begin(Operation.FORK, 0, 0, 0);
        Mm mm = worker.mm().fork().fork(worker.task(), parent.mm(), worker.mm().munmap());
        if (mm != null) {
            worker.adopt(Process.child(mm, parent));
            worker.detail(0, mm.id());
        }
        worker.end(mm == null ? OpResult.ENOMEM : OpResult.OK);
        return mm != null;
    }

    /** Forks, after the child that there is has exited. */
    static void forkOnce(Worker worker) {
        Process parent = worker.process();
        exit(worker);
        worker.goTo(parent);
        fork(worker);
    }

    private static void runChild(Worker worker) {
        Process child = worker.child();
        Process before = worker.process();
        if (child == null) {
            return;
        }
        worker.goTo(child);
        for (int n = worker.random().nextInt(CHILD_OPS_MAX); n >= 0; n--) {
            int dice = worker.random().nextInt(10);
            worker.play(
                    dice < 7
                            ? RoleKind.FAULTER
                            : dice < 8 ? RoleKind.PINNER : dice < 9 ? RoleKind.PROTECTOR : RoleKind.UNMAPPER);
        }
        worker.goTo(before);
    }

    /** The child exits; what it pinned stays pinned until it is released. */
    static void exit(Worker worker) {
        Process child = worker.child();
        if (child == null) {
            return;
        }
        if (worker.process() == child) {
            worker.goHome();
        }
        worker.begin(Operation.EXIT_MMAP, 0, 0, child.mm().id());
        worker.mm().munmap().exitMmap(worker.task(), child.mm());
        worker.adopt(null);
        worker.end(OpResult.OK);
    }
}
