/** The building blocks and the operations of the model under jcstress: two actors, an arbiter, every outcome named. */
@NullMarked
package org.mmrace.jcstress;

import org.jspecify.annotations.NullMarked;
