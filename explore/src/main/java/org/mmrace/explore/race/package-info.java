/**
 * What is wrong with an execution although it went well: data races ({@link org.mmrace.explore.race.RaceDetector}) and
 * circles of locks ({@link org.mmrace.explore.race.LockGraph}).
 */
@NullMarked
package org.mmrace.explore.race;

import org.jspecify.annotations.NullMarked;
