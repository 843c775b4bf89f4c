package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.mm.Page;

class PinLedgerTest {
    private final World world = new World(Campaigns.after().build(), violation -> {});
    private final Process process = world.process(0);
    private final Page page = world.machine().platform().memory().zeroPage();
    private final PinLedger ledger = new PinLedger();
    private final List<Integer> released = new ArrayList<>();

    private void add(Slot slot, int slotPage, long releaseAt) {
        ledger.add(page, process, slot, slotPage, 0, releaseAt);
    }

    private void note(Page any, Process owner, Slot slot, int slotPage, int flags) {
        released.add(slotPage);
    }

    @Test
    void releasesWhatIsDueAndKeepsTheRest() {
        add(Slot.ANON, 1, 10);
        add(Slot.ANON, 2, 30);
        add(Slot.ANON, 3, 20);
        assertThat(ledger.isDue(9)).isFalse();
        assertThat(ledger.isDue(10)).isTrue();
        ledger.releaseDue(20, this::note);
        assertThat(released).containsExactlyInAnyOrder(1, 3);
        assertThat(ledger.isDue(29)).isFalse();
        assertThat(ledger.isDue(30)).isTrue();
        ledger.releaseDue(30, this::note);
        assertThat(released).containsExactlyInAnyOrder(1, 3, 2);
        assertThat(ledger.isDue(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void releasesWhatTruncationWaitsFor() {
        add(Slot.ANON, 1, 10);
        add(Slot.DAX_PRIVATE, 2, 99);
        add(Slot.VIRTIOFS_SHARED, 3, 99);
        ledger.releaseFsdax(this::note);
        assertThat(released).containsExactlyInAnyOrder(2, 3);
        assertThat(ledger.isDue(10)).isTrue();
    }

    @Test
    void knowsWhenItIsFull() {
        for (int i = 0; i < 14; i++) {
            add(Slot.ANON, i, 1);
        }
        assertThat(ledger.hasRoomFor(2)).isTrue();
        assertThat(ledger.hasRoomFor(3)).isFalse();
    }
}
