/** Access to what is package-private in the model's mm/, for tests that race single steps of it. */
@NullMarked
package org.mmrace.mm;

import org.jspecify.annotations.NullMarked;
