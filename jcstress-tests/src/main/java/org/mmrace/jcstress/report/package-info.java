/**
 * What jcstress knows and found, as JSON Lines: the only code that touches its internals, which are not a stable API.
 */
@NullMarked
package org.mmrace.jcstress.report;

import org.jspecify.annotations.NullMarked;
