package org.mmrace.verify;

import java.util.Locale;

/** A checker that somebody else wrote. */
public enum Checker {
    /** Samples on real hardware: openjdk.org/projects/code-tools/jcstress. */
    JCSTRESS,

    /** Linearizability, by stress and by model checking: github.com/JetBrains/lincheck. */
    LINCHECK;

    /** As the command line and the names of files spell it. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
