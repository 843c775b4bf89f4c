/**
 * From real threads to the scheduler: the last operations of a campaign that found something become small scenarios,
 * which are searched for an interleaving that breaks the same invariant.
 */
@NullMarked
package org.mmrace.handover;

import org.jspecify.annotations.NullMarked;
