/**
 * How strategies are compared: times until something is found, of which some are only known to be longer than a budget.
 * Distributions and rank tests are those of Apache Commons Statistics.
 */
@NullMarked
package org.mmrace.statistics;

import org.jspecify.annotations.NullMarked;
