/** One simulated machine and the operations that tasks run on it: system calls, user accesses, driver calls. */
@NullMarked
package org.mmrace.op;

import org.jspecify.annotations.NullMarked;
