package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mmrace.mm.Address;

/**
 * A page of a mapping of a process. A report names a VMA and an address, the log of operations a slot; this is what
 * both mean.
 *
 * @param mm the id of the address space, 0 if it is not known
 * @param slot the mapping
 * @param page the page of it
 */
public record Place(long mm, Slot slot, int page) {
    private static final Pattern NAME = Pattern.compile("\\b(?:mm(\\d{1,18})|0x([0-9a-f]{1,15}))\\b");

    /** The places that a message names, in its order, each once. */
    public static List<Place> namedIn(String message) {
        List<Place> places = new ArrayList<>();
        long mm = 0;
        Matcher matcher = NAME.matcher(message);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                mm = Long.parseLong(matcher.group(1));
                continue;
            }
            long addr = Long.parseLong(matcher.group(2), 16);
            Slot slot = Address.isAligned(addr) ? Slot.at(addr) : null;
            if (slot != null && !places.contains(new Place(mm, slot, slot.pageOf(addr)))) {
                places.add(new Place(mm, slot, slot.pageOf(addr)));
            }
        }
        return places;
    }

    /** What is to be said after a message that names places: {@code "; 0x10000 is anon[0]"}; else nothing. */
    static String legend(String message) {
        StringBuilder legend = new StringBuilder();
        for (Place place : namedIn(message)) {
            String words =
                    "; 0x" + Long.toHexString(place.slot.addr(place.page)) + " is " + name(place.slot, place.page);
            if (legend.indexOf(words) < 0) {
                legend.append(words);
            }
        }
        return legend.toString();
    }

    /** {@code "anon[0]"}. */
    static String name(Slot slot, int page) {
        return slot.name().toLowerCase(Locale.ROOT) + "[" + page + "]";
    }

    /** {@code "mm2 anon[0]"}. */
    @Override
    public String toString() {
        return (mm == 0 ? "" : "mm" + mm + " ") + name(slot, page);
    }
}
