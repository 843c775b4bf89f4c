package org.mmrace.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to run and where.
 *
 * @param checker by whom
 * @param home the source tree whose modules {@code jcstress-tests} and {@code lincheck-tests} are built
 * @param jdk the JDK that runs the checker
 * @param tests which tests: the pattern is to be found in the name with its package; all of them when absent
 * @param time how long all of them may take together; what the checker calls quick when absent
 * @param out where the report, the checker's own pages and its output go
 */
public record VerifyConfig(
        Checker checker,
        Path home,
        Jdk jdk,
        @Nullable Pattern tests,
        @Nullable Duration time,
        Path out) {
    boolean selects(String name) {
        return tests == null || tests.matcher(name).find();
    }

    /** Where the checker's own files go. */
    Path directory() {
        return out.resolve(checker.term());
    }
}
