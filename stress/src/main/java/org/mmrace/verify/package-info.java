/**
 * Other people's checkers as one command: jcstress and Lincheck run in a process of their own, and what they leave
 * behind becomes one report. A test that should have run and did not is a failure.
 */
@NullMarked
package org.mmrace.verify;

import org.jspecify.annotations.NullMarked;
