package org.mmrace.handover;

import org.mmrace.stress.FileKind;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Place;
import org.mmrace.stress.Slot;

/**
 * What a scenario is to be about: pages of a file, whoever maps it, or of the anonymous memory of a family of
 * processes.
 *
 * @param slot a mapping of them
 * @param page which page; {@link #ANY} for all of the mapping
 * @param mm whose family, for anonymous memory and forks; {@link #ANY} for whoever it is
 */
record Focus(Slot slot, int page, long mm) {
    static final int ANY = -1;

    static Focus of(Place place) {
        return new Focus(place.slot(), place.page(), place.mm() == 0 ? ANY : place.mm());
    }

    /** The same without a look at the page. */
    Focus wide() {
        return new Focus(slot, ANY, mm);
    }

    /** Whether an operation has to do with it. */
    boolean isTouchedBy(LoggedOperation operation, Log log) {
        if (operation.kind() == Operation.FORK || operation.kind() == Operation.EXIT_MMAP) {
            return isOfFamily(operation, log);
        }
        Slot other = operation.slot();
        if (other == null || other.file() != slot.file()) {
            return false;
        }
        FileKind file = slot.file();
        return (file != null || isOfFamily(operation, log)) && hasPage(operation);
    }

    private boolean isOfFamily(LoggedOperation operation, Log log) {
        long theirs = operation.kind() == Operation.EXIT_MMAP ? operation.argument() : operation.mm();
        return mm == ANY || log.rootOf(theirs) == log.rootOf(mm);
    }

    private boolean hasPage(LoggedOperation operation) {
        int first = operation.page();
        return page == ANY || (page >= first && page < first + Math.max(1, operation.pages()));
    }
}
