package org.mmrace.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mmrace.verify.Jdk;
import org.mmrace.verify.JdkSearch;
import org.mmrace.verify.VerifyException;

/** The columns that are no strategies of the explorer, in their order. */
public enum CheckerKind {
    /** The fault's scenario as it says. */
    REPLAY,
    /** The fault's scenario on real threads. */
    THREADS,
    /** Campaigns on real threads. */
    STRESS,
    /** Samples on the hardware. */
    JCSTRESS,
    /** Linearizability. */
    LINCHECK;

    /** Lincheck 3.7 calls racy code correct on later ones. */
    private static final int LINCHECK_JDK = 17;

    /**
     * What checkers are made from.
     *
     * @param home the source tree with its built modules and scenarios
     * @param out where checkers with files of their own put them
     * @param javaHome the value of {@code JAVA_HOME}
     */
    public record Setting(Path home, Path out, @Nullable String javaHome) {}

    /** As the command line and tables spell it. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes one.
     *
     * @param scenarios of the faults
     * @throws VerifyException when what it needs is not built or not installed
     * @throws IOException when its directory cannot be written
     */
    public FaultChecker open(Setting setting, FaultScenarios scenarios) throws VerifyException, IOException {
        return switch (this) {
            case REPLAY -> new ReplayChecker(scenarios);
            case THREADS -> new ThreadsChecker(scenarios);
            case STRESS -> new StressChecker(scenarios::kernel);
            case JCSTRESS -> NamedTestChecker.jcstress(setting.home(), Jdk.current(), setting.out());
            case LINCHECK ->
                NamedTestChecker.lincheck(
                        setting.home(), JdkSearch.here(setting.javaHome()).find(LINCHECK_JDK), setting.out());
        };
    }
}
