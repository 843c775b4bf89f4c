package org.mmrace.stress;

import java.time.Duration;

/**
 * How a campaign goes on.
 *
 * @param elapsed since the workers started
 * @param left until they stop; zero if they do not go by time
 * @param operations all that were done
 * @param opsPerSecond lately
 * @param epochs how often the workers have met
 * @param violations how many were found
 */
public record StressProgress(
        Duration elapsed, Duration left, long operations, long opsPerSecond, long epochs, long violations) {}
