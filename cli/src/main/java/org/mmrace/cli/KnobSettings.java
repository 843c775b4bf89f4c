package org.mmrace.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Stack;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What {@code --set} says: each knob once, and nothing that undoes a fault. */
final class KnobSettings {
    private KnobSettings() {}

    /** Takes {@code KNOB=VALUE}; a knob that is given twice would silently be what the last one says. */
    static final class Consumer implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's
        public void consumeParameters(Stack<String> args, ArgSpec argSpec, CommandSpec spec) {
            CommandLine command = spec.commandLine();
            if (args.isEmpty()) {
                throw new ParameterException(command, "Missing required parameter for option '--set' (KNOB=VALUE)");
            }
            String setting = args.pop();
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        command, "--set takes KNOB=VALUE, such as vmaLock=NONE, and not '" + setting + "'");
            }
            Map<String, String> before = argSpec.getValue();
            Map<String, String> settings = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
            String knob = setting.substring(0, equals);
            String value = setting.substring(equals + 1);
            String other = settings.putIfAbsent(knob, value);
            if (other != null) {
                throw new ParameterException(
                        command, "--set says twice what " + knob + " is: " + other + ", and then " + value);
            }
            argSpec.setValue(settings);
        }
    }

    /**
     * {@code kernel}, which has {@code faults}, with these knobs turned.
     *
     * @throws IllegalArgumentException when there is no such kernel, or a fault would be gone
     */
    static KernelConfig turn(KernelConfig kernel, Collection<Fault> faults, Map<String, String> knobs) {
        KernelConfig turned = Knobs.set(kernel, knobs);
        for (Fault fault : faults) {
            if (!turned.with(fault).equals(turned)) {
                throw new IllegalArgumentException(
                        "--set " + Knobs.text(knobs) + " undoes fault " + fault.id() + ", which is " + setting(fault));
            }
        }
        return turned;
    }

    /** How a fault is switched on, as {@code --set} would do it. */
    private static String setting(Fault fault) {
        return switch (fault.setting()) {
            case SERIES_BEFORE -> "series=BEFORE";
            case SERIES_BEFORE_NO_SPECIAL -> "series=BEFORE pteSpecial=false";
            case SERIES_V1 -> "series=V1";
            case DAX_REFCOUNTED -> "daxStyle=REFCOUNTED";
            case FINDING -> "there without remedies";
            case SWITCH -> "a switch";
        };
    }
}
