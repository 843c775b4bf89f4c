package org.mmrace.conform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Recordings and replays for tests. */
final class Cases {
    /** Nine steps of nothing special; a driver that inserts the zeropage in mmap, and a write that never comes back. */
    static final String LINE = "{\"id\":\"a\",\"kernel\":\"6.12\",\"series\":\"AFTER\",\"scope\":\"core\","
            + "\"mapping\":{\"backing\":\"driver\",\"sharing\":\"shared\",\"prot\":\"rw\",\"file_mode\":\"rw\","
            + "\"pages\":2,\"driver\":{\"call\":\"vm_insert_page\",\"when\":\"mmap\",\"pages\":[\"zero\"],"
            + "\"vm_ops\":\"fault\",\"vm_flags_set\":[],\"vm_flags_cleared\":[\"VM_MAYWRITE\"],"
            + "\"fsdax_inode\":false}},\"mmap\":0,\"driver_result\":{\"ret\":\"-EINVAL\",\"not_mapped\":0,"
            + "\"vm_flags_before\":[\"VM_READ\"],\"vm_flags_after\":[\"VM_READ\",\"VM_MIXEDMAP\"]},"
            + "\"vm_flags_after_mmap\":[\"VM_READ\"],\"pte_after_mmap\":\"Zsa\",\"steps\":["
            + "{\"op\":\"read\",\"page\":1,\"expect\":{\"ret\":0,\"signal\":null,\"zero_ref\":-1,\"pte\":\"Zsa\","
            + "\"fault_calls\":2}},"
            + "{\"op\":\"gup\",\"page\":0,\"flags\":[\"FOLL_PIN\"],\"fast\":false,\"hold\":true,"
            + "\"expect\":{\"ret\":1,\"got_zeropage\":true}},"
            + "{\"op\":\"fallocate\",\"page\":0,\"expect\":{\"ret\":-9}},"
            + "{\"op\":\"write\",\"page\":0,\"expect\":{\"hang\":true}}],"
            + "\"exit\":{\"code\":-9,\"hang\":true,\"leaked_zero_ref\":0,\"leaked_zero_map\":0,\"kernel_log\":[]}}";

    /** Does exactly what was recorded. */
    static final CaseReplayer ECHO = Cases::echo;

    private Cases() {}

    static Recording read(String text) {
        try {
            return RecordingReader.read("t.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RecordedCase one(String line) {
        return read(line).cases().get(0);
    }

    static CaseReplay echo(RecordedCase recorded) {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        recorded.steps().forEach(step -> steps.add(new HashMap<>(step.expect())));
        Map<String, @Nullable Object> exit = new HashMap<>(recorded.exit().counted());
        exit.put(
                "kernel_log",
                KernelLogLine.complaints(recorded.exit().kernelLog()).stream()
                        .map(KernelLogLine::function)
                        .toList());
        return new CaseReplay(
                null,
                recorded.mmap(),
                recorded.driverResult(),
                recorded.vmFlagsAfterMmap(),
                recorded.pteAfterMmap(),
                steps,
                exit);
    }

    /** The echo with other steps. */
    static CaseReplay withSteps(RecordedCase recorded, UnaryOperator<List<Map<String, @Nullable Object>>> change) {
        CaseReplay echo = echo(recorded);
        return new CaseReplay(
                null,
                echo.mmap(),
                echo.driverResult(),
                echo.vmFlagsAfterMmap(),
                echo.pteAfterMmap(),
                change.apply(new ArrayList<>(echo.steps())),
                echo.exit());
    }

    /** The echo with one other value. */
    static CaseReplay with(RecordedCase recorded, int step, String field, @Nullable Object value) {
        return withSteps(recorded, steps -> {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(steps.get(step));
            changed.put(field, value);
            steps.set(step, changed);
            return steps;
        });
    }

    static List<Difference> compare(RecordedCase recorded, CaseReplay replay) {
        return Comparison.compare(recorded, replay, OnceWarnings.of(List.of(recorded)));
    }
}
