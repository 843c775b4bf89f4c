package org.mmrace.conform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.VmFlags;

/** The tables of expected values: which there are, and what each may hold. */
final class ExpectedFields {
    /** The step never came back; then nothing else is recorded of it. */
    static final String HANG = "hang";

    /** The operation itself: not recorded, but what a replay calls one that it could not run. */
    static final String OP = "op";

    /** The store went into the zeropage. Like {@link #HANG}, recorded only where it is true. */
    static final String CORRUPTED = "zeropage_corrupted";

    static final Pattern VM_FLAG = Pattern.compile("VM_[A-Z0-9_]{1,30}");
    static final Pattern MODELLED_FLAG = Pattern.compile(String.join("|", VmFlags.names(-1)));
    static final Pattern PTE = Pattern.compile("-|[ZNH]s?w?d?a?m?");
    static final String PTE_KIND = "a PTE such as \"Zsa\" or \"-\"";
    static final String MODELLED_FLAG_KIND = "one of " + String.join(", ", VmFlags.names(-1));
    static final String VM_FLAG_KIND = "a VMA flag such as \"VM_IO\"";

    /** An error name, or a fault code; the fault code for "nothing special" is "0". */
    private static final Pattern RESULT_NAME = Pattern.compile("-E[A-Z0-9]{1,20}|[A-Z][A-Z_|]{0,60}|0");

    private static final Pattern SIGNAL_NAME = Pattern.compile("SIG[A-Z0-9]{2,10}");

    private static final Kind COUNT = new Kind("a number from 0 up", ExpectedFields::isCount);
    private static final Kind CHANGE = new Kind("a number", field -> field.kind() == JsonAt.Kind.INTEGER);
    private static final Kind BOOLEAN = new Kind("true or false", field -> field.kind() == JsonAt.Kind.BOOLEAN);
    private static final Kind RESULT = new Kind("a number, an error name or a fault code", ExpectedFields::isResult);
    private static final Kind RESULT_OR_NULL =
            new Kind(RESULT.text + ", or null", field -> field.isNull() || isResult(field));
    private static final Kind SIGNAL =
            new Kind("a signal name or null", field -> field.isNull() || matches(field, SIGNAL_NAME));
    private static final Kind FAULT_CODE = new Kind("a fault code", field -> matches(field, RESULT_NAME));
    private static final Kind PTE_TEXT = new Kind(PTE_KIND, field -> matches(field, PTE));
    private static final Kind VM_FLAGS = new Kind("a list of VMA flags", ExpectedFields::isFlags);

    /** What one value may be. */
    private record Kind(String text, Predicate<JsonAt> test) {}

    private static final Map<String, Kind> OF_STEP = new LinkedHashMap<>();
    private static final Map<String, Kind> OF_DRIVER = new LinkedHashMap<>();

    static {
        OF_STEP.put("ret", RESULT_OR_NULL);
        OF_STEP.put("signal", SIGNAL);
        for (String change : List.of("zero_ref", "zero_map", "rss_file", "rss_anon", "rss_shmem")) {
            OF_STEP.put(change, CHANGE);
            OF_STEP.put("call_" + change, CHANGE);
        }
        OF_STEP.put("call_other_ref", CHANGE);
        OF_STEP.put("pte", PTE_TEXT);
        OF_STEP.put(HANG, BOOLEAN);
        OF_STEP.put(CORRUPTED, BOOLEAN);
        OF_STEP.put("got_zeropage", BOOLEAN);
        OF_STEP.put("zero_ref_while_held", CHANGE);
        OF_STEP.put("not_mapped", COUNT);
        OF_STEP.put("vm_mixedmap_before", BOOLEAN);
        OF_STEP.put("vm_mixedmap_after", BOOLEAN);
        OF_STEP.put("fault_calls", COUNT);
        OF_STEP.put("pfn_mkwrite_calls", COUNT);
        OF_STEP.put("last_fault_result", FAULT_CODE);
        OF_STEP.put("zero_ref_while_child_alive", CHANGE);
        OF_STEP.put("zero_map_while_child_alive", CHANGE);
        OF_STEP.put("first_byte", COUNT);

        OF_DRIVER.put("ret", RESULT);
        OF_DRIVER.put("not_mapped", COUNT);
        for (String change : List.of("zero_ref", "zero_map", "other_ref", "rss_file", "rss_anon", "rss_shmem")) {
            OF_DRIVER.put(change, CHANGE);
        }
        OF_DRIVER.put("vm_flags_before", VM_FLAGS);
        OF_DRIVER.put("vm_flags_after", VM_FLAGS);
    }

    private ExpectedFields() {}

    static Map<String, @Nullable Object> ofStep(Fields fields) {
        return read(fields.rest(), OF_STEP, "\"expect\"");
    }

    static Map<String, @Nullable Object> ofDriver(Fields fields) {
        return read(fields.rest(), OF_DRIVER, "\"driver_result\"");
    }

    /** The result of mmap(2). */
    static Object result(JsonAt field, String name) {
        Object value = plain(field);
        if (!isResult(field) || value == null) {
            throw field.expected(RESULT.text + " for \"" + name + '"');
        }
        return value;
    }

    private static Map<String, @Nullable Object> read(Map<String, JsonAt> rest, Map<String, Kind> known, String what) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        rest.forEach((name, field) -> {
            Kind kind = known.get(name);
            if (kind == null) {
                throw Fields.unknown(name, field, what);
            }
            if (!kind.test.test(field)) {
                throw field.expected(kind.text + " for \"" + name + '"');
            }
            values.put(name, plain(field));
        });
        return values;
    }

    private static @Nullable Object plain(JsonAt field) {
        if (field.kind() == JsonAt.Kind.LIST) {
            return Collections.unmodifiableList(
                    field.items().stream().map(ExpectedFields::plain).toList());
        }
        return field.value();
    }

    private static boolean isCount(JsonAt field) {
        return field.kind() == JsonAt.Kind.INTEGER && field.integer() >= 0;
    }

    private static boolean isResult(JsonAt field) {
        return field.kind() == JsonAt.Kind.INTEGER || matches(field, RESULT_NAME);
    }

    private static boolean isFlags(JsonAt field) {
        return field.kind() == JsonAt.Kind.LIST && field.items().stream().allMatch(item -> matches(item, VM_FLAG));
    }

    private static boolean matches(JsonAt field, Pattern pattern) {
        return field.kind() == JsonAt.Kind.STRING
                && field.value() instanceof String text
                && pattern.matcher(text).matches();
    }
}
