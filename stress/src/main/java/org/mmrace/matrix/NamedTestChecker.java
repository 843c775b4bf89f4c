package org.mmrace.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.verify.Checker;
import org.mmrace.verify.Jdk;
import org.mmrace.verify.PlannedTest;
import org.mmrace.verify.TestReport;
import org.mmrace.verify.Verdict;
import org.mmrace.verify.Verification;
import org.mmrace.verify.VerifyConfig;
import org.mmrace.verify.VerifyException;
import org.mmrace.verify.VerifyListener;
import org.mmrace.verify.VerifyReport;

/**
 * Tests of another checker that name a fault. All of them run in one go, the first time that one of them is asked for:
 * the checker's start would otherwise take most of the time.
 */
final class NamedTestChecker implements FaultChecker {
    private static final Pattern JCSTRESS_NAME = Pattern.compile("(.*)With(B\\d\\d[A-Z]?)");
    private static final String JCSTRESS_ON = "With(?:B\\d\\d[A-Z]?)$";
    private static final Pattern LINCHECK_NAME =
            Pattern.compile(".*FaultLincheckTest\\.(found|soundWithout) (B\\d\\d).*");
    private static final String LINCHECK_ON = "FaultLincheckTest\\.found";
    private static final String LINCHECK_OFF = "FaultLincheckTest\\.soundWithout";

    /** The rows of FaultLincheckTest: their names are known only when it runs. */
    private static final Set<Fault> LINCHECK_FAULTS = EnumSet.of(
            Fault.B03, Fault.B04, Fault.B09, Fault.B12, Fault.B25, Fault.B30, Fault.B31, Fault.B40, Fault.B43,
            Fault.B56, Fault.B67, Fault.B70, Fault.B72);

    private final Checker checker;
    private final Path home;
    private final Jdk jdk;
    private final Path out;
    private final Set<Fault> covered;
    private final String patternOff;
    private final Map<Boolean, Map<Fault, Trial>> trials = new HashMap<>();
    private volatile boolean interrupted;
    private volatile @Nullable Verification running;

    private NamedTestChecker(Checker checker, Path home, Jdk jdk, Path out, Set<Fault> covered, String patternOff) {
        this.checker = checker;
        this.home = home;
        this.jdk = jdk;
        this.out = out;
        this.covered = covered;
        this.patternOff = patternOff;
    }

    /**
     * jcstress, whose tests are asked for here.
     *
     * @param home the source tree whose modules are built
     * @param out where its files go
     */
    static FaultChecker jcstress(Path home, Jdk jdk, Path out) throws VerifyException, IOException {
        VerifyConfig config = new VerifyConfig(Checker.JCSTRESS, home, jdk, Pattern.compile(JCSTRESS_ON), null, out);
        Set<Fault> covered = EnumSet.noneOf(Fault.class);
        Set<String> twins = new TreeSet<>();
        for (PlannedTest test : Verification.of(config).plan().tests()) {
            Matcher name = JCSTRESS_NAME.matcher(test.name());
            if (name.matches()) {
                Fault.byId(name.group(2)).ifPresent(covered::add);
                twins.add(Pattern.quote(name.group(1)));
            }
        }
        return new NamedTestChecker(Checker.JCSTRESS, home, jdk, out, covered, "^(?:" + String.join("|", twins) + ")$");
    }

    /** Lincheck, on a JDK 17. */
    static FaultChecker lincheck(Path home, Jdk jdk, Path out) {
        return new NamedTestChecker(Checker.LINCHECK, home, jdk, out, LINCHECK_FAULTS, LINCHECK_OFF);
    }

    @Override
    public String name() {
        return checker.term();
    }

    @Override
    public String about() {
        return checker == Checker.JCSTRESS
                ? "its tests that name the fault, all in one go; runs are samples"
                : "its tests that name the fault, all in one go; its time includes its start; runs are tests";
    }

    @Override
    public boolean covers(Fault fault) {
        return covered.contains(fault);
    }

    @Override
    public boolean seeded() {
        return false;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit)
            throws VerifyException, IOException {
        if (!trials.containsKey(on)) {
            Optional<VerifyReport> report = run(on, limit.multipliedBy(covered.size()));
            if (report.isEmpty()) {
                return Optional.empty();
            }
            trials.put(on, read(report.get(), on));
        }
        Trial trial = trials.getOrDefault(on, Map.of()).get(fault);
        if (trial == null) {
            throw new VerifyException("no test of " + name() + " has told about " + fault.id());
        }
        return Optional.of(trial);
    }

    private Optional<VerifyReport> run(boolean on, Duration time) throws VerifyException, IOException {
        String pattern = checker == Checker.JCSTRESS ? on ? JCSTRESS_ON : patternOff : on ? LINCHECK_ON : patternOff;
        VerifyConfig config = new VerifyConfig(checker, home, jdk, Pattern.compile(pattern), time, out);
        Verification verification = Verification.of(config);
        running = verification;
        if (interrupted) {
            return Optional.empty();
        }
        VerifyReport report = verification.run(verification.plan(), VerifyListener.NONE);
        if (report.interrupted()) {
            return Optional.empty();
        }
        VerifyReport.Broken broken = report.broken();
        if (broken != null) {
            throw new VerifyException(broken.reason() + ": " + String.join(" / ", broken.lastLines()));
        }
        return Optional.of(report);
    }

    /** Several tests may name one fault; any of them finds it. */
    private Map<Fault, Trial> read(VerifyReport report, boolean on) {
        Map<Fault, Trial> byFault = new EnumMap<>(Fault.class);
        for (Fault fault : covered) {
            List<TestReport> tests = report.tests().stream()
                    .filter(test -> faultsOf(test.name(), on).contains(fault))
                    .toList();
            if (!tests.isEmpty()) {
                byFault.put(fault, trial(fault, tests, on));
            }
        }
        return byFault;
    }

    private Set<Fault> faultsOf(String test, boolean on) {
        Matcher lincheck = LINCHECK_NAME.matcher(test);
        if (checker == Checker.LINCHECK) {
            return lincheck.matches()
                    ? Fault.byId(lincheck.group(2)).map(Set::of).orElse(Set.of())
                    : Set.of();
        }
        Matcher jcstress = JCSTRESS_NAME.matcher(test);
        if (jcstress.matches()) {
            return Fault.byId(jcstress.group(2)).map(Set::of).orElse(Set.of());
        }
        return on ? Set.of() : covered; // a sound twin speaks for every fault: it may not find anything
    }

    private Trial trial(Fault fault, List<TestReport> tests, boolean on) {
        boolean caught = tests.stream().anyMatch(test -> caught(test.verdict(), on));
        Duration time = tests.stream().map(TestReport::time).reduce(Duration.ZERO, Duration::plus);
        long samples = tests.stream()
                .flatMap(test -> test.outcomes().stream())
                .mapToLong(outcome -> outcome.count())
                .sum();
        long runs = checker == Checker.JCSTRESS ? samples : tests.size();
        return new Trial(fault, name(), on, 0, caught ? List.of(Fault.OUTCOME) : List.of(), time, runs);
    }

    /** A test of a fault passes when it has found it; the twin without it fails when it finds anything. */
    private boolean caught(Verdict verdict, boolean on) {
        return on ? verdict == Verdict.SEEN || (checker == Checker.LINCHECK && verdict == Verdict.OK) : verdict.fails();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        Verification verification = running;
        if (verification != null) {
            verification.interrupt();
        }
    }
}
