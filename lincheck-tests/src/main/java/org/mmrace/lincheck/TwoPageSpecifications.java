package org.mmrace.lincheck;

import org.mmrace.fault.Series;

/** {@link StrictTwoPages} for the mappings that may be written. */
final class TwoPageSpecifications {
    private TwoPageSpecifications() {}

    /** Private, AFTER. */
    public static final class PrivateAfter extends StrictTwoPages {
        /** Called by Lincheck. */
        public PrivateAfter() {
            super(Backing.PRIVATE, Series.AFTER);
        }
    }

    /** SharedWritable, AFTER. */
    public static final class SharedWritableAfter extends StrictTwoPages {
        /** Called by Lincheck. */
        public SharedWritableAfter() {
            super(Backing.SHARED_WRITABLE, Series.AFTER);
        }
    }
}
