/** What the operations of the model promise to those who run at the same time, under Lincheck. */
@NullMarked
package org.mmrace.lincheck;

import org.jspecify.annotations.NullMarked;
