package org.mmrace.lincheck;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The mappings of one page: never writable, private, or shared and writable, in each series. */
final class SinglePageMappings {
    /** How many runs a test of all of them has. */
    static final int RUNS = EntrySubjects.class.getDeclaredClasses().length * Mode.values().length;

    private SinglePageMappings() {}

    /**
     * The name of each, with each mode; one mode after the other, because Lincheck instruments classes anew between.
     */
    static Stream<Arguments> withModes() {
        List<String> mappings = Arrays.stream(EntrySubjects.class.getDeclaredClasses())
                .map(Class::getSimpleName)
                .sorted(Comparator.naturalOrder())
                .toList();
        return Mode.here().flatMap(mode -> mappings.stream().map(mapping -> Arguments.of(mapping, mode)));
    }

    /** The class that {@code holder} has for a mapping. */
    static Class<?> of(Class<?> holder, String mapping) {
        return Arrays.stream(holder.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(mapping))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(holder + " has no " + mapping));
    }
}
