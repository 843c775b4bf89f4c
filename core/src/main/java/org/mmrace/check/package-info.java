/** Invariants I01-I37: monitors at the cells, the audit of a machine at rest, and the lock order. */
@NullMarked
package org.mmrace.check;

import org.jspecify.annotations.NullMarked;
