package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what was recorded with what the model did: every value that was recorded, by its name. */
final class Comparison {
    /** What a replay shows that did not set a recorded field. */
    static final String MISSING = "missing";

    /** What a replay shows that ended before this step for no reason. */
    static final String NOT_RUN = "not run";

    /** The replay itself failed. */
    static final String MODEL = "model";

    private static final int MMAP = -1;
    private static final String CORRUPTED = ExpectedFields.CORRUPTED;

    private final RecordedCase recorded;
    private final CaseReplay replay;
    private final OnceWarnings once;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(RecordedCase recorded, CaseReplay replay, OnceWarnings once) {
        this.recorded = recorded;
        this.replay = replay;
        this.once = once;
    }

    /** All differences in the order of the case; none means equal. */
    static List<Difference> compare(RecordedCase recorded, CaseReplay replay, OnceWarnings once) {
        Comparison comparison = new Comparison(recorded, replay, once);
        String notModelled = replay.notModelled();
        if (notModelled != null) {
            comparison.add(MMAP, ExpectedFields.OP, recorded.mapping().backing().term(), notModelled);
            return comparison.differences;
        }
        comparison.mapping();
        boolean ran = comparison.steps();
        if (ran && (comparison.differences.isEmpty() || !replay.exit().isEmpty())) {
            comparison.exit();
        }
        return comparison.differences;
    }

    /** What there is to say about a replay that threw. */
    static List<Difference> failed(RecordedCase recorded, Throwable failure) {
        String what = String.valueOf(failure).lines().findFirst().orElse("");
        return List.of(new Difference(recorded.id(), recorded.kernel(), MMAP, MODEL, "a replay", what));
    }

    private void mapping() {
        compare(MMAP, "mmap", ErrnoName.of(recorded.mmap()), ErrnoName.of(plain(replay.mmap())));
        fields(MMAP, "driver_result.", recorded.driverResult(), replay.driverResult());
        compare(MMAP, "vm_flags_after_mmap", recorded.vmFlagsAfterMmap(), replay.vmFlagsAfterMmap());
        compare(MMAP, "pte_after_mmap", recorded.pteAfterMmap(), replay.pteAfterMmap());
    }

    /** False if the replay did not get through them, and said why. */
    private boolean steps() {
        for (int i = 0; i < recorded.steps().size(); i++) {
            RecordedStep step = recorded.steps().get(i);
            if (i >= replay.steps().size()) {
                add(i, ExpectedFields.OP, step.op().term(), NOT_RUN);
                return true;
            }
            Map<String, @Nullable Object> actual = replay.steps().get(i);
            if (actual.containsKey(ExpectedFields.OP)) {
                add(i, ExpectedFields.OP, step.op().term(), actual.get(ExpectedFields.OP));
                return false;
            }
            boolean hangs = isTrue(actual, ExpectedFields.HANG);
            compare(i, ExpectedFields.HANG, step.expectsHang(), hangs);
            if (hangs) {
                return true;
            }
            if (!step.expectsHang()) {
                compare(i, CORRUPTED, isTrue(step.expect(), CORRUPTED), isTrue(actual, CORRUPTED));
                fields(i, "", step.expect(), actual);
            }
        }
        return true;
    }

    private void exit() {
        int step = recorded.steps().size();
        fields(step, "exit.", recorded.exit().counted(), replay.exit());
        TreeSet<String> expected = new TreeSet<>();
        KernelLogLine.complaints(recorded.exit().kernelLog()).forEach(line -> expected.add(line.function()));
        TreeSet<String> actual = new TreeSet<>();
        if (replay.exit().get("kernel_log") instanceof List<?> functions) {
            functions.forEach(function -> actual.add(String.valueOf(function)));
        }
        actual.removeIf(function -> !expected.contains(function) && once.maySilence(function));
        compare(step, "exit.kernel_log", List.copyOf(expected), List.copyOf(actual));
    }

    private void fields(
            int step, String prefix, Map<String, @Nullable Object> expected, Map<String, @Nullable Object> actual) {
        expected.forEach((name, value) -> {
            if (prefix.isEmpty() && (name.equals(ExpectedFields.HANG) || name.equals(CORRUPTED))) {
                return; // left out when false, on either side
            }
            Object found = actual.containsKey(name) ? plain(actual.get(name)) : MISSING;
            if (name.equals("ret")) {
                compare(step, prefix + name, ErrnoName.of(value), ErrnoName.of(found));
            } else {
                compare(step, prefix + name, value, found);
            }
        });
    }

    private void compare(int step, String field, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            add(step, field, expected, actual);
        }
    }

    private void add(int step, String field, @Nullable Object expected, @Nullable Object actual) {
        differences.add(new Difference(recorded.id(), recorded.kernel(), step, field, expected, actual));
    }

    private static boolean isTrue(Map<String, @Nullable Object> fields, String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** Whole numbers of any size are the same kind of value. */
    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Integer || value instanceof Short || value instanceof Byte
                ? (Object) ((Number) value).longValue()
                : value;
    }
}
