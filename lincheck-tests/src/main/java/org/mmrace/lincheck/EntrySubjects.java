package org.mmrace.lincheck;

import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** {@link EntryOperations} for each mapping and series; Lincheck wants constructors without parameters. */
final class EntrySubjects {
    private EntrySubjects() {}

    /** Private, BEFORE. */
    public static final class PrivateBefore extends EntryOperations {
        /** Called by Lincheck. */
        public PrivateBefore() {
            super(KernelConfig.of(Series.BEFORE), Backing.PRIVATE);
        }
    }

    /** Private, V1. */
    public static final class PrivateV1 extends EntryOperations {
        /** Called by Lincheck. */
        public PrivateV1() {
            super(KernelConfig.of(Series.V1), Backing.PRIVATE);
        }
    }

    /** Private, AFTER. */
    public static final class PrivateAfter extends EntryOperations {
        /** Called by Lincheck. */
        public PrivateAfter() {
            super(KernelConfig.of(Series.AFTER), Backing.PRIVATE);
        }
    }

    /** RingBuffer, BEFORE. */
    public static final class RingBufferBefore extends EntryOperations {
        /** Called by Lincheck. */
        public RingBufferBefore() {
            super(KernelConfig.of(Series.BEFORE), Backing.RING_BUFFER);
        }
    }

    /** RingBuffer, V1. */
    public static final class RingBufferV1 extends EntryOperations {
        /** Called by Lincheck. */
        public RingBufferV1() {
            super(KernelConfig.of(Series.V1), Backing.RING_BUFFER);
        }
    }

    /** RingBuffer, AFTER. */
    public static final class RingBufferAfter extends EntryOperations {
        /** Called by Lincheck. */
        public RingBufferAfter() {
            super(KernelConfig.of(Series.AFTER), Backing.RING_BUFFER);
        }
    }

    /** SharedWritable, BEFORE. */
    public static final class SharedWritableBefore extends EntryOperations {
        /** Called by Lincheck. */
        public SharedWritableBefore() {
            super(KernelConfig.of(Series.BEFORE), Backing.SHARED_WRITABLE);
        }
    }

    /** SharedWritable, V1. */
    public static final class SharedWritableV1 extends EntryOperations {
        /** Called by Lincheck. */
        public SharedWritableV1() {
            super(KernelConfig.of(Series.V1), Backing.SHARED_WRITABLE);
        }
    }

    /** SharedWritable, AFTER. */
    public static final class SharedWritableAfter extends EntryOperations {
        /** Called by Lincheck. */
        public SharedWritableAfter() {
            super(KernelConfig.of(Series.AFTER), Backing.SHARED_WRITABLE);
        }
    }
}
