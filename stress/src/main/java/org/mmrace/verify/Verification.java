package org.mmrace.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of a checker. */
public final class Verification {
    private static final String JCSTRESS_JAR = "jcstress-tests/target/jcstress-tests.jar";
    private static final String LINCHECK_JAR = "lincheck-tests/target/lincheck-tests.jar";
    private static final String LINCHECK_LIBRARIES = "lincheck-tests/target/lib";

    private final CheckerRun run;

    private Verification(CheckerRun run) {
        this.run = run;
    }

    /**
     * Prepares one.
     *
     * @throws VerifyException when what it needs is not built
     */
    public static Verification of(VerifyConfig config) throws VerifyException {
        Path home = config.home().toAbsolutePath();
        return new Verification(
                switch (config.checker()) {
                    case JCSTRESS ->
                        new JcstressRun(config, JcstressCommands.of(config.jdk(), built(home.resolve(JCSTRESS_JAR))));
                    case LINCHECK ->
                        new LincheckRun(
                                config,
                                LincheckCommands.of(
                                        config.jdk(),
                                        built(home.resolve(LINCHECK_JAR)),
                                        built(home.resolve(LINCHECK_LIBRARIES))));
                });
    }

    private static Path built(Path path) throws VerifyException {
        if (!Files.exists(path)) {
            throw new VerifyException(path + " is missing: mvn -DskipTests package builds it");
        }
        return path;
    }

    /**
     * Asks the checker for its tests, and chooses how long each may take. No test is in it when none was selected.
     *
     * @throws VerifyException when the checker cannot be started or asked
     * @throws IOException when its directory cannot be written
     */
    public VerifyPlan plan() throws VerifyException, IOException {
        return run.plan();
    }

    /**
     * Runs the tests of a plan, and reports each of them.
     *
     * @throws IOException when the checker cannot be started or its files cannot be read
     */
    public VerifyReport run(VerifyPlan plan, VerifyListener listener) throws IOException {
        return run.run(plan, listener);
    }

    /** Ends the run; what there is by then is reported. May be called by another thread, and before the run. */
    public void interrupt() {
        run.interrupt();
    }
}
