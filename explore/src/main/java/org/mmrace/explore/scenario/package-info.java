/** Scenarios under the scheduler: one run, a search for a run that shows something, and interleavings by hand. */
@NullMarked
package org.mmrace.explore.scenario;

import org.jspecify.annotations.NullMarked;
