package org.mmrace.explore.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is a program: its method is called for each execution with a {@link org.mmrace.explore.ControlledKernel},
 * whose verbs the tasks use, and {@link org.mmrace.explore.Tasks}, to which it adds them and what is to be checked at
 * the end. Either parameter may be left out. The test fails with the first execution that goes wrong.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(ExploreExtension.class)
public @interface Explore {
    /**
     * Who goes next, as {@link org.mmrace.explore.choose.StrategyName} writes it: {@code "portfolio"}, {@code "dfs"}.
     */
    String strategy() default "portfolio";

    /** Decides what is random. */
    long seed() default 1;

    /** How many executions there are at most; a strategy that has shown everything ends before. */
    long executions() default 10_000;

    /** How many CPUs there are, one for each task. */
    int cpus() default 4;

    /** Whether a data race is a failure ({@link org.mmrace.explore.race.RaceDetector}). */
    boolean races() default false;

    /** Whether locks that are taken in a circle are a failure ({@link org.mmrace.explore.race.LockGraph}). */
    boolean lockOrder() default false;

    /** The schedule of a failure: this one execution instead of all others; empty for none. */
    String replay() default "";
}
