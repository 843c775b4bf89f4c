package org.mmrace.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.Vma;

/**
 * Replays recorded cases on the model, each on a machine of its own. Maps operations to the model and reads gauges;
 * what happens is the model's decision.
 */
public final class Replayer implements CaseReplayer {
    private static final int KILLED = -9;

    private final UnaryOperator<KernelConfig> change;

    /** A replayer; it keeps nothing from one case to the next. */
    public Replayer() {
        this(UnaryOperator.identity());
    }

    /** A replayer on kernels that differ from the recorded ones by {@code change}. */
    public Replayer(UnaryOperator<KernelConfig> change) {
        this.change = change;
    }

    @Override
    public CaseReplay replay(RecordedCase recorded) {
        if (recorded.mapping().hugeAligned()) {
            return CaseReplay.notModelled("huge pages");
        }
        ReplayedProcess process = new ReplayedProcess(recorded, change);
        Gauges gauges = process.gauges();
        long refAtStart = gauges.zeroRef();
        long mapAtStart = gauges.zeroMap();
        Gauges.Reading before = gauges.read(process.mm(), List.of());
        long mapped = process.mmapForCase();
        if (mapped < 0) {
            return new CaseReplay(
                    null, ReplayDriver.ErrnoResult.of(mapped), Map.of(), List.of(), "-", List.of(), Map.of());
        }
        Vma vma = process.mm().tree().lookup(process.addr(0));
        List<String> flags = vma == null
                ? List.of()
                : Gauges.flagNames(vma.flags(process.machine().kernel()));
        String pte = gauges.pte(process.mm(), process.addr(0));
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        ReplaySteps operations = new ReplaySteps(process);
        boolean hang = runSteps(recorded, process, operations, before, steps);
        process.exit();
        operations.releaseAll();
        Map<String, @Nullable Object> exit = new LinkedHashMap<>();
        exit.put("code", hang ? (long) KILLED : 0L);
        exit.put("hang", hang);
        exit.put("leaked_zero_ref", gauges.zeroRef() - refAtStart);
        exit.put("leaked_zero_map", gauges.zeroMap() - mapAtStart);
        exit.put("kernel_log", process.warnings());
        ReplayDriver driver = process.driver();
        Map<String, @Nullable Object> driverResult = driver == null ? Map.of() : driver.result();
        return new CaseReplay(null, 0L, driverResult, flags, pte, steps, exit);
    }

    /** Whether a step never came back; later steps are not run then. */
    private static boolean runSteps(
            RecordedCase recorded,
            ReplayedProcess process,
            ReplaySteps operations,
            Gauges.Reading atStart,
            List<Map<String, @Nullable Object>> results) {
        Gauges.Reading before = atStart;
        for (RecordedStep step : recorded.steps()) {
            process.endlessLoop().reset();
            Map<String, @Nullable Object> fields = operations.run(step);
            process.machine().kernel().noteContextSwitch(process.task());
            if (process.endlessLoop().endless()) {
                results.add(CaseReplay.hang());
                return true;
            }
            Gauges.Reading after = process.gauges().read(process.mm(), List.of());
            after.since(before).forEach(fields::put);
            fields.remove("other_ref");
            before = after;
            fields.put("pte", process.gauges().pte(process.mm(), process.addr(step.page())));
            if (process.gauges().zeropageCorrupted(process.task())) {
                fields.put("zeropage_corrupted", true);
            }
            ReplayDriver driver = process.driver();
            if (driver != null) {
                fields.putAll(driver.totals());
            }
            results.add(fields);
        }
        return false;
    }
}
