/** Campaigns: many runs of the model, what they count, and the files they leave behind. */
@NullMarked
package org.mmrace.stress;

import org.jspecify.annotations.NullMarked;
