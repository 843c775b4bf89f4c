/**
 * The model of Linux memory management, one class per kernel file or family of entry points.
 *
 * <p>All shared state lives in the cells of {@code org.mmrace.kernel} and is touched through {@code Kernel} only.
 */
@NullMarked
package org.mmrace.mm;

import org.jspecify.annotations.NullMarked;
