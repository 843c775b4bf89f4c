/** JMH benchmarks. Rejected alternatives stay here, as the evidence for a decision. */
@NullMarked
package org.mmrace.benchmarks;

import org.jspecify.annotations.NullMarked;
