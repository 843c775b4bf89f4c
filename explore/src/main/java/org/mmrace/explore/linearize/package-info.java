/**
 * Whether what operations gave can be explained by running them one at a time, each at a moment between its call and
 * its return (Herlihy and Wing, TOPLAS 1990). For any program, on real threads or under control.
 */
@NullMarked
package org.mmrace.explore.linearize;

import org.jspecify.annotations.NullMarked;
