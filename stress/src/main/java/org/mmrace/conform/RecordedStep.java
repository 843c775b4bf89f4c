package org.mmrace.conform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a case and what it is expected to do. An argument that the operation does not take has the value of
 * nothing: page 0, an empty list, false, {@link RecordedMapping.Prot#NONE}, an empty string.
 *
 * @param page the page it works on; also the one whose PTE is looked at afterwards
 * @param flags of {@link RecordedOp#GUP}
 * @param fast the fast variant of GUP
 * @param hold GUP keeps the page until {@link RecordedOp#GUP_RELEASE}
 * @param lock what the module holds while it inserts, in the recorder's words
 * @param pages what the module inserts
 * @param prot of {@link RecordedOp#MPROTECT}
 * @param vmFlagsSetFirst VMA flags that the module sets before it inserts
 * @param expect every recorded value by its name, in the order of the recording: {@code Long}, {@code String},
 *     {@code Boolean} or null
 */
public record RecordedStep(
        RecordedOp op,
        int page,
        List<GupFlag> flags,
        boolean fast,
        boolean hold,
        String lock,
        List<RecordedPage> pages,
        RecordedMapping.Prot prot,
        List<String> vmFlagsSetFirst,
        Map<String, @Nullable Object> expect) {

    /** Keeps copies of the lists and of the map. */
    public RecordedStep {
        flags = List.copyOf(flags);
        pages = List.copyOf(pages);
        vmFlagsSetFirst = List.copyOf(vmFlagsSetFirst);
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    }

    /** The recorded kernel never came back from this step. */
    public boolean expectsHang() {
        return Boolean.TRUE.equals(expect.get(ExpectedFields.HANG));
    }
}
