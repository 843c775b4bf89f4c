/** Scenarios as data, and how one is run on any kernel: set up, one script per task, checks, verdict. */
@NullMarked
package org.mmrace.script;

import org.jspecify.annotations.NullMarked;
