/** The test vectors T01 to T131 of the kernel's behaviour, on each side of the series; one thread, one CPU. */
@NullMarked
package org.mmrace.vectors;

import org.jspecify.annotations.NullMarked;
