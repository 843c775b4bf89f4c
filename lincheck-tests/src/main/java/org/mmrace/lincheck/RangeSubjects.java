package org.mmrace.lincheck;

import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** {@link RangeOperations} for the mappings that may be written. */
final class RangeSubjects {
    private RangeSubjects() {}

    /** Private, AFTER. */
    public static final class PrivateAfter extends RangeOperations {
        /** Called by Lincheck. */
        public PrivateAfter() {
            super(KernelConfig.of(Series.AFTER), Backing.PRIVATE);
        }
    }

    /** SharedWritable, AFTER. */
    public static final class SharedWritableAfter extends RangeOperations {
        /** Called by Lincheck. */
        public SharedWritableAfter() {
            super(KernelConfig.of(Series.AFTER), Backing.SHARED_WRITABLE);
        }
    }
}
