package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void aMessageAndTheLogMeanTheSamePage() {
        assertThat(Place.namedIn("entry Za pfn 1 at mm2 vma:12 0x79000 is not special, as mm1 0x10000"))
                .containsExactly(new Place(2, Slot.CONSTANTS, 2), new Place(1, Slot.ANON, 0));
        assertThat(Place.namedIn("entry Za pfn 1 at mm2 vma:12 0x79000 is not special"))
                .extracting(Place::toString)
                .containsExactly("mm2 constants[2]");
    }

    @Test
    void numbersThatAreNoAddressesOfOursMeanNothing() {
        assertThat(Place.namedIn("anon[0] holds 0x4100000100000006, and 0x79001, 0x1000, which nobody wrote"))
                .isEmpty();
        assertThat(Place.legend("page 20 has mapcount 1")).isEmpty();
    }

    @Test
    void everyPageOfEverySlotIsFoundByItsAddress() {
        for (Slot slot : Slot.values()) {
            for (int page = 0; page < slot.pages(); page++) {
                String address = "0x" + Long.toHexString(slot.addr(page));
                assertThat(Place.namedIn("mm3 " + address)).containsExactly(new Place(3, slot, page));
            }
        }
    }
}
