/**
 * Figures for papers, as SVG. Drawn here and not by a chart library, whose SVG has its text as outlines, measured with
 * the fonts of the machine, and other bytes each time: the same data give the same file everywhere.
 */
@NullMarked
package org.mmrace.figure;

import org.jspecify.annotations.NullMarked;
