package org.mmrace.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mmrace.mm.CheckFixture.RO;
import static org.mmrace.mm.CheckFixture.START;

import org.junit.jupiter.api.Test;
import org.mmrace.check.Invariant;

/** I24 of secret memory, which GUP never returns. */
class SecretmemCheckTest {
    private final CheckFixture f = new CheckFixture();
    private final AddressSpace secret = f.file(AddressSpace.Kind.SECRETMEM);
    private final AddressSpace shmem = f.file(AddressSpace.Kind.SHMEM);

    /** What is broken when GUP-fast returns a mapped page of this file. */
    private Iterable<Invariant> returned(AddressSpace file) {
        Vma vma = f.detachedVma(CheckFixture.SHARED, CheckFixture.open(file));
        Page page = f.page(PageKind.SHMEM);
        f.kernel.rcuAssignPointer(page.mapping, file);
        f.map(vma, page, RO);
        f.platform.folios().get(f.task, page, RefKind.GET);
        return f.broken(() -> f.monitors.gupReturns(f.task, f.mm, null, START, GupFlags.GET, page));
    }

    @Test
    void i24SecretMemoryFires() {
        assertThat(returned(secret)).containsExactly(Invariant.I24);
    }

    @Test
    void sharedMemoryIsLegal() {
        assertThat(returned(shmem)).isEmpty();
    }
}
