/**
 * Several cores for one exploration: a JVM for each, because the tasks of one JVM share a core. The first worker is the
 * program itself; the others are children that run the same command with another seed and say on their standard output,
 * one JSON object on each line, how far they are. Only a schedule travels: who gets one replays it.
 */
@NullMarked
package org.mmrace.workers;

import org.jspecify.annotations.NullMarked;
