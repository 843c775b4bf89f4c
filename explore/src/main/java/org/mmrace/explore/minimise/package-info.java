/** Makes failing runs small: fewer operations, fewer tasks, fewer preemptions, and the same failure. */
@NullMarked
package org.mmrace.explore.minimise;

import org.jspecify.annotations.NullMarked;
