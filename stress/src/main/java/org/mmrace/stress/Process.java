package org.mmrace.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.mmrace.mm.Mm;

/** One simulated process: an address space, its files, and what a child inherited when. */
final class Process {
    private static final long NO_PARENT = 0;

    private final Mm mm;
    private final FileSet files;
    private final long parentId;
    private final int birth;
    private final AtomicInteger forks = new AtomicInteger();

    private Process(Mm mm, FileSet files, long parentId, int birth) {
        this.mm = mm;
        this.files = files;
        this.parentId = parentId;
        this.birth = birth;
    }

    static Process first(Mm mm, FileSet files) {
        return new Process(mm, files, NO_PARENT, 0);
    }

    /** A child; to be called when fork(2) has returned: what the parent stores from now on is not for the child. */
    static Process child(Mm mm, Process parent) {
        return new Process(mm, parent.files, parent.mm.id(), parent.forks.incrementAndGet());
    }

    Mm mm() {
        return mm;
    }

    FileSet files() {
        return files;
    }

    long parentId() {
        return parentId;
    }

    /** How many forks the parent had done with this one. */
    int birth() {
        return birth;
    }

    /** How many forks of this process have returned. */
    int forks() {
        return forks.get();
    }
}
