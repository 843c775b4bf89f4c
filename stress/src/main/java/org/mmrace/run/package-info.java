/** Scenarios on real threads, again and again, and one task after the other: what comes out, how often, and why. */
@NullMarked
package org.mmrace.run;

import org.jspecify.annotations.NullMarked;
