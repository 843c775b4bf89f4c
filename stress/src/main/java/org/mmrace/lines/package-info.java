/** Results that survive a crash: one line each, on the disk before anything else happens. */
@NullMarked
package org.mmrace.lines;

import org.jspecify.annotations.NullMarked;
