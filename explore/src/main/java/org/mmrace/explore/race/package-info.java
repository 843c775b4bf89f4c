/** What is wrong with an execution although it went well: data races ({@link org.mmrace.explore.race.RaceDetector}). */
@NullMarked
package org.mmrace.explore.race;

import org.jspecify.annotations.NullMarked;
