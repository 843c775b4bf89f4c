package org.mmrace.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.stress.Durations;
import org.mmrace.stress.KnobRotation;
import org.mmrace.stress.RoleMix;
import org.mmrace.stress.StressConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code mmrace stress}, and the same options as a command that runs the same again. */
final class StressOptions {
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);
    private static final Duration DEFAULT_EPOCH = Duration.ofMillis(250);
    private static final Duration DEFAULT_REPRODUCE = Duration.ofSeconds(10);
    private static final int DEFAULT_PROCESSES = 2;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long: 250ms, 30s, 10m, 1h. Default: 30s.")
    private Duration duration = DEFAULT_DURATION;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads, 1 to 64. Default: one per core.")
    private int threads =
            Math.min(StressConfig.THREADS_MAX, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Processes that share files and driver mappings, 1 to 64. Default: 2.")
    private int processes = DEFAULT_PROCESSES;

    @Option(
            names = "--series",
            paramLabel = "SERIES",
            description =
                    "The kernel before, within or after the zeropage series: ${COMPLETION-CANDIDATES}. Default: AFTER.")
    private @Nullable Series series;

    @Option(
            names = "--fault",
            paramLabel = "ID,...",
            split = ",",
            converter = FaultConverter.class,
            description = "Switch known bugs on, such as B25 or B24,B25.")
    private Set<Fault> faults = new LinkedHashSet<>();

    @Option(
            names = "--set",
            paramLabel = "KNOB=VALUE",
            parameterConsumer = KnobSettings.Consumer.class,
            description = "Turn a knob of the kernel, such as pteSpecial=0 or vmaLock=NONE; may be repeated.")
    private Map<String, String> knobs = new LinkedHashMap<>();

    @Option(
            names = "--mix",
            paramLabel = "ROLE=WEIGHT,...",
            converter = MixConverter.class,
            description = {
                "How often each role is played; roles that are not named are not.",
                "Default: inserter=3,unmapper=1,pinner=2,protector=1,faulter=4,forker=0.1,cleaner=0.3,reclaimer=0.3."
            })
    private RoleMix mix = RoleMix.DEFAULT;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all random choices come from. Default: another one each time, always printed.")
    private @Nullable Long seed;

    @Option(
            names = "--epoch",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How often all threads meet and everything is recounted. Default: 250ms.")
    private Duration epoch = DEFAULT_EPOCH;

    @Option(
            names = "--rotate",
            paramLabel = "N",
            description =
                    "Take N combinations of knobs in turn, 1 to 16, each for its share of the time; each is named in"
                            + " the result.")
    private @Nullable Integer rotate;

    @Option(
            names = "--reproduce",
            paramLabel = "TIME|none",
            converter = BudgetConverter.class,
            description = "How long to look for an interleaving that shows the violation again: scenarios of the last"
                    + " operations are run under the scheduler. Default: 10s.")
    private Duration reproduce = DEFAULT_REPRODUCE;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where violation-SEED.json is written, and the failure file. Default: the current directory.")
    private Path out = Path.of("");

    @Option(
            names = "--ops",
            paramLabel = "N",
            hidden = true,
            description = "Operations of each thread, instead of a time.")
    private long ops;

    @Option(names = "--processes-disjoint", hidden = true, description = "One process per thread, nothing shared.")
    private boolean disjoint;

    /**
     * What is to run.
     *
     * @throws IllegalArgumentException when there is no such campaign; the message says why
     */
    StressConfig config() {
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1, 1L << 31);
        }
        KernelConfig kernel = kernel();
        return StressConfig.of(kernel)
                .threads(threads)
                .processes(processes)
                .seed(seed)
                .duration(duration)
                .opsPerThread(ops)
                .epoch(epoch)
                .mix(mix)
                .processesDisjoint(disjoint)
                .build();
    }

    /** The series, then the faults, then the knobs; a fault that is a series, or a knob, must not be contradicted. */
    private KernelConfig kernel() {
        if (series != null && knobs.containsKey("series")) {
            throw new IllegalArgumentException("--series and --set series both say where the kernel stands: give one");
        }
        KernelConfig kernel = KernelConfig.of(series == null ? Series.AFTER : series);
        for (Fault fault : faults) {
            kernel = kernel.with(fault);
        }
        if (series != null && kernel.series() != series) {
            throw new IllegalArgumentException("--series " + series + " contradicts --fault "
                    + faults.stream().map(Fault::id).collect(Collectors.joining(" --fault ")) + ", which is series "
                    + kernel.series());
        }
        return KnobSettings.turn(kernel, faults, knobs);
    }

    /**
     * What {@code --rotate} asks for; empty without it. Knobs that {@code --set} turns stay as they are.
     *
     * @throws IllegalArgumentException when there is no such rotation; the message says why
     */
    Optional<KnobRotation> rotation(StressConfig whole) {
        return rotate == null ? Optional.empty() : Optional.of(KnobRotation.of(whole, knobs.keySet(), rotate));
    }

    /** How long to look for the violation under the scheduler; 0 for not at all. */
    Duration reproduce() {
        return reproduce;
    }

    Path out() {
        return out;
    }

    /** The command that runs the same again, on this machine or another. */
    String command() {
        return command(Map.of(), duration);
    }

    /** The command that runs one turn of a rotation again. */
    String command(KnobRotation.Turn turn) {
        return command(turn.knobs(), turn.config().duration());
    }

    private String command(Map<String, String> moreKnobs, Duration time) {
        List<String> words = new ArrayList<>(List.of(Main.commandName(), "stress", "--seed", String.valueOf(seed)));
        if (series != null) {
            words.addAll(List.of("--series", series.name().toLowerCase(Locale.ROOT)));
        }
        words.addAll(List.of("--threads", String.valueOf(threads)));
        add(words, processes != DEFAULT_PROCESSES, "--processes", String.valueOf(processes));
        add(words, ops == 0 && !time.equals(DEFAULT_DURATION), "--duration", Durations.format(time));
        add(words, !epoch.equals(DEFAULT_EPOCH), "--epoch", Durations.format(epoch));
        add(words, !mix.toString().equals(RoleMix.DEFAULT.toString()), "--mix", mix.toString());
        faults.forEach(fault -> add(words, true, "--fault", fault.name()));
        Map<String, String> turned = new LinkedHashMap<>(knobs);
        turned.putAll(moreKnobs);
        turned.forEach((knob, value) -> add(words, true, "--set", knob + "=" + value));
        add(words, ops != 0, "--ops", String.valueOf(ops));
        if (disjoint) {
            words.add("--processes-disjoint");
        }
        add(words, !reproduce.equals(DEFAULT_REPRODUCE), "--reproduce", BudgetConverter.text(reproduce));
        add(words, !out.toString().isEmpty(), "--out", Main.quoted(out.toString()));
        return String.join(" ", words);
    }

    private static void add(List<String> words, boolean condition, String option, String value) {
        if (condition) {
            words.add(option);
            words.add(value);
        }
    }

    /** As {@link Durations} reads them. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A duration, or none at all. */
    static final class BudgetConverter implements ITypeConverter<Duration> {
        private static final String NONE = "none";

        @Override
        public Duration convert(String text) {
            boolean none = text.equalsIgnoreCase(NONE) || text.matches("0+(ms|s|m|h)?");
            return none ? Duration.ZERO : new DurationConverter().convert(text);
        }

        static String text(Duration budget) {
            return budget.isZero() ? NONE : Durations.format(budget);
        }
    }

    /** As {@link RoleMix} reads them. */
    static final class MixConverter implements ITypeConverter<RoleMix> {
        @Override
        public RoleMix convert(String text) {
            try {
                return RoleMix.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** By id, in any case. */
    static final class FaultConverter implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String text) {
            return Fault.byId(text)
                    .orElseThrow(() -> new TypeConversionException(Ids.unknown("fault", text, FaultsCommand.known())));
        }
    }
}
