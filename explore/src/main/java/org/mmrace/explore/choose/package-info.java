/** Strategies by name: the table that the command line, tests and reports choose from. Knows all of them. */
@NullMarked
package org.mmrace.explore.choose;

import org.jspecify.annotations.NullMarked;
