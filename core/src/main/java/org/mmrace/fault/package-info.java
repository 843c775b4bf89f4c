/** What is configurable about the simulated kernel: its series, its knobs and the historical bugs switched on. */
@NullMarked
package org.mmrace.fault;

import org.jspecify.annotations.NullMarked;
