/** The one seam between the model and whatever runs it: verbs, locks, cells, tasks. Imports nothing of mmrace. */
@NullMarked
package org.mmrace.kernel;

import org.jspecify.annotations.NullMarked;
