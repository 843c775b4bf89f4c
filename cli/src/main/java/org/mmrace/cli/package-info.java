/** The command line: one small class per subcommand, and the exit codes they share. */
@NullMarked
package org.mmrace.cli;

import org.jspecify.annotations.NullMarked;
