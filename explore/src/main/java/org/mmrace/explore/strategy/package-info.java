/** Who goes next: one strategy in each file, which sees nothing but the choices of an execution. */
@NullMarked
package org.mmrace.explore.strategy;

import org.jspecify.annotations.NullMarked;
