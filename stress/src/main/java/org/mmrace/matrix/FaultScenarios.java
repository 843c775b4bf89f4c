package org.mmrace.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** The scenario of each fault, and the kernel that it asks for. */
public final class FaultScenarios {
    private final Map<Fault, Scenario> byFault = new EnumMap<>(Fault.class);

    private FaultScenarios() {}

    /**
     * Reads {@code ID.scn} of every fault.
     *
     * @param directory the directory {@code scenarios} of the source tree
     * @throws IOException when a file cannot be read or is no scenario of its fault
     */
    public static FaultScenarios read(Path directory) throws IOException {
        FaultScenarios scenarios = new FaultScenarios();
        for (Fault fault : Fault.values()) {
            Path file = directory.resolve(fault.id() + ".scn");
            if (Files.exists(file)) {
                try {
                    scenarios.byFault.put(fault, ScenarioReader.read(file));
                } catch (MalformedScenarioException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
        return scenarios;
    }

    /** Whether there is one. */
    boolean has(Fault fault) {
        return byFault.containsKey(fault);
    }

    /** The scenario of a fault that has one. */
    Scenario of(Fault fault) {
        Scenario scenario = byFault.get(fault);
        if (scenario == null) {
            throw new IllegalArgumentException(fault.id() + " has no scenario");
        }
        return scenario;
    }

    /** The kernel that is to be looked into, with the fault or without it. */
    KernelConfig kernel(Fault fault, boolean on) {
        if (has(fault)) {
            return of(fault).config(on);
        }
        KernelConfig after = KernelConfig.of(Series.AFTER);
        return on ? after.with(fault) : after;
    }
}
