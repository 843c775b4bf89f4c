package org.mmrace.lincheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** A race that every run must show: where it is not seen, Lincheck cannot see races. */
final class CanaryLincheckTest {
    /** Two increments can lose one of them. */
    public static final class RacyCounter {
        private int counter;

        /** The next number. */
        @Operation
        public int increment() {
            return ++counter;
        }
    }

    @Test
    void modelCheckingSeesALostIncrement() {
        LincheckAssertionError found = assertThrows(
                LincheckAssertionError.class,
                () -> new ModelCheckingOptions().iterations(10).check(RacyCounter.class));
        assertTrue(String.valueOf(found.getMessage()).contains("increment(): 1"));
    }

    @Test
    void stressSeesALostIncrement() {
        LincheckAssertionError found = assertThrows(
                LincheckAssertionError.class,
                () -> new StressOptions()
                        .iterations(10)
                        .minimizeFailedScenario(false)
                        .check(RacyCounter.class));
        assertTrue(String.valueOf(found.getMessage()).contains("increment(): 1"));
    }
}
