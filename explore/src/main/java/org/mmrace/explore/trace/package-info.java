/** What an execution of a scenario did, step by step, and how people read it. */
@NullMarked
package org.mmrace.explore.trace;

import org.jspecify.annotations.NullMarked;
