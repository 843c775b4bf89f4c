/**
 * Scenarios on real threads, again and again, and one task after the other: what comes out, how often, what it means.
 */
@NullMarked
package org.mmrace.run;

import org.jspecify.annotations.NullMarked;
