/** A way to those parts of the model that are private to it and have tests of their own. */
@NullMarked
package org.mmrace.mm;

import org.jspecify.annotations.NullMarked;
