package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.mm.Mm;

class DataTagsTest {
    private final World world = new World(Campaigns.after().build(), violation -> {});
    private final Process parent = world.process(0);
    private final Process stranger = world.process(1);

    private Process child() {
        Worker worker = world.workers().get(0);
        Mm mm = worker.mm().fork().fork(worker.task(), parent.mm(), worker.mm().munmap());
        return Process.child(Objects.requireNonNull(mm), parent);
    }

    private static long privately(Process process, Slot slot, int page) {
        return DataTags.privately(process.mm().id(), slot.pageNumber(page), process.forks());
    }

    @ParameterizedTest
    @EnumSource
    void zeroMayBeAnywhere(Slot slot) {
        assertThat(DataTags.check(parent, slot, 0, 0)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void ownDataMayBeWhereItWasStored(Slot slot) {
        Worker worker = world.workers().get(0);
        assertThat(DataTags.check(parent, slot, 3, worker.newTag(parent, slot, 3)))
                .isNull();
    }

    @Test
    void sharedDataIsForEveryMappingOfThePage() {
        long tag = DataTags.shared(parent.files().id(FileKind.CACHE), 2, 77);
        assertThat(DataTags.check(stranger, Slot.CACHE_SHARED, 2, tag)).isNull();
        assertThat(DataTags.check(stranger, Slot.CACHE_PRIVATE, 2, tag)).isNull();
        assertThat(DataTags.check(stranger, Slot.CACHE_SHARED, 3, tag)).contains("another page's data");
        assertThat(DataTags.check(stranger, Slot.SHMEM_SHARED, 2, tag)).contains("another page's data");
        assertThat(DataTags.check(stranger, Slot.ANON, 2, tag)).contains("another page's data");
    }

    @Test
    void privateDataIsForNobodyElse() {
        long tag = privately(parent, Slot.CACHE_PRIVATE, 2);
        assertThat(DataTags.check(parent, Slot.CACHE_PRIVATE, 2, tag)).isNull();
        assertThat(DataTags.check(parent, Slot.CACHE_PRIVATE, 3, tag)).contains("written to another page");
        assertThat(DataTags.check(parent, Slot.CACHE_SHARED, 2, tag)).contains("through a private mapping");
        assertThat(DataTags.check(stranger, Slot.CACHE_PRIVATE, 2, tag)).contains("no parent");
    }

    @Test
    void aChildInheritsWhatWasThereAndNothingLater() {
        long early = privately(parent, Slot.ANON, 1);
        Process child = child();
        long late = privately(parent, Slot.ANON, 1);
        assertThat(DataTags.check(child, Slot.ANON, 1, early)).isNull();
        assertThat(DataTags.check(child, Slot.ANON, 1, late)).contains("after the fork");
        long childs = privately(child, Slot.ANON, 1);
        assertThat(DataTags.check(child, Slot.ANON, 1, childs)).isNull();
        assertThat(DataTags.check(parent, Slot.ANON, 1, childs)).contains("no parent");
    }

    @Test
    void deviceMemoryIsOneForAllFiles() {
        long tag = DataTags.shared(parent.files().id(FileKind.FRAMES), 2, 1);
        assertThat(DataTags.check(parent, Slot.MIXED, 5, tag)).isNull();
        assertThat(DataTags.check(parent, Slot.IO, 5, tag)).isNotNull();
    }

    @Test
    void garbageIsNobodysData() {
        assertThat(DataTags.check(parent, Slot.ANON, 0, 7)).isEqualTo("0x7, which nobody wrote");
    }
}
