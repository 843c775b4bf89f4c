/**
 * Dynamic partial-order reduction: every Mazurkiewicz trace of a program once, instead of every interleaving. Two
 * executions are the same trace if they differ only in the order of steps that commute.
 */
@NullMarked
package org.mmrace.explore.dpor;

import org.jspecify.annotations.NullMarked;
