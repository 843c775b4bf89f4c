/** Looks through the interleavings of scenarios, for what is wrong in them or for a proof that nothing is. */
@NullMarked
package org.mmrace.hunt;

import org.jspecify.annotations.NullMarked;
