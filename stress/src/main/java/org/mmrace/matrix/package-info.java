/**
 * The kill matrix: which checker finds which fault, by which invariant and how fast, and that none cries without one.
 */
@NullMarked
package org.mmrace.matrix;

import org.jspecify.annotations.NullMarked;
