/** What mmrace has found about today's kernels, with the recordings that prove it. */
@NullMarked
package org.mmrace.finding;

import org.jspecify.annotations.NullMarked;
