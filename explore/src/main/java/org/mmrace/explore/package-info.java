/** The scheduler that decides every step of the tasks of a simulated machine, and the strategies that tell it how. */
@NullMarked
package org.mmrace.explore;

import org.jspecify.annotations.NullMarked;
