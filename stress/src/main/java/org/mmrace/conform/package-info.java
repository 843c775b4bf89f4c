/**
 * Is the model true? Reads recordings of real kernels, has each case replayed on the model, and compares every expected
 * value. Nothing here knows the model; the one class that does is {@code Replayer}.
 */
@NullMarked
package org.mmrace.conform;

import org.jspecify.annotations.NullMarked;
