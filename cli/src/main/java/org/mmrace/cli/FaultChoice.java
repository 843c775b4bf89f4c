package org.mmrace.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;
import picocli.CommandLine.ITypeConverter;

/**
 * Another fault than the one that a scenario names, or none at all.
 *
 * @param fault null for none
 */
record FaultChoice(@Nullable Fault fault) {
    private static final String NONE = "none";

    /**
     * The kernel of a scenario.
     *
     * @param choice null to have the fault that the scenario names
     * @throws IllegalArgumentException when no kernel could be built so
     */
    private static KernelConfig config(Scenario scenario, @Nullable FaultChoice choice) {
        KernelConfig config = scenario.config(choice == null);
        return choice == null || choice.fault() == null ? config : config.with(choice.fault());
    }

    /** The fault that is on in {@link #config}, if one is. */
    private static List<Fault> faults(Scenario scenario, @Nullable FaultChoice choice) {
        Fault fault = choice == null ? scenario.fault() : choice.fault();
        return fault == null ? List.of() : List.of(fault);
    }

    /**
     * The kernel of a scenario with some of its knobs turned.
     *
     * @param file of the scenario, for messages
     * @param choice null to have the fault that the scenario names
     * @throws IllegalArgumentException when no kernel could be built so, or the fault would be gone
     */
    static KernelConfig config(Path file, Scenario scenario, @Nullable FaultChoice choice, Map<String, String> knobs) {
        try {
            return KnobSettings.turn(config(scenario, choice), faults(scenario, choice), knobs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return fault == null ? NONE : fault.id();
    }

    /** A fault by its id, or {@code none}. */
    static final class Converter implements ITypeConverter<FaultChoice> {
        @Override
        public FaultChoice convert(String text) {
            boolean none = text.equalsIgnoreCase(NONE);
            return new FaultChoice(none ? null : new StressOptions.FaultConverter().convert(text));
        }
    }
}
