/** Failing runs as files: written when they are found, read and repeated later. */
@NullMarked
package org.mmrace.failure;

import org.jspecify.annotations.NullMarked;
