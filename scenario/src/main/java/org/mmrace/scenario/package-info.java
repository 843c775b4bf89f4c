/** The scenario language: {@code .scn} files read, checked and printed. ANTLR is known here only. */
@NullMarked
package org.mmrace.scenario;

import org.jspecify.annotations.NullMarked;
