/** Strategies of the explorer against each other over the catalogue of faults, as a researcher would cite it. */
@NullMarked
package org.mmrace.compare;

import org.jspecify.annotations.NullMarked;
