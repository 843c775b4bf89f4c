package org.mmrace.conform;

import org.jspecify.annotations.Nullable;

/**
 * One value in which the model is not what was recorded.
 *
 * @param id of the case
 * @param step its index from 0; -1 before the first, the number of steps at the exit
 * @param field by its recorded name; {@code op} for a step that was not run, {@code model} for a replay that failed
 */
public record Difference(
        String id,
        String kernel,
        int step,
        String field,
        @Nullable Object expected,
        @Nullable Object actual) {}
