package org.mmrace.lincheck;

import org.mmrace.fault.Series;

/** {@link StrictSinglePage} for each mapping and series; verifiers want constructors without parameters. */
final class SinglePageSpecifications {
    private SinglePageSpecifications() {}

    /** Private, BEFORE. */
    public static final class PrivateBefore extends StrictSinglePage {
        /** Called by Lincheck. */
        public PrivateBefore() {
            super(Backing.PRIVATE, Series.BEFORE);
        }
    }

    /** Private, V1. */
    public static final class PrivateV1 extends StrictSinglePage {
        /** Called by Lincheck. */
        public PrivateV1() {
            super(Backing.PRIVATE, Series.V1);
        }
    }

    /** Private, AFTER. */
    public static final class PrivateAfter extends StrictSinglePage {
        /** Called by Lincheck. */
        public PrivateAfter() {
            super(Backing.PRIVATE, Series.AFTER);
        }
    }

    /** RingBuffer, BEFORE. */
    public static final class RingBufferBefore extends StrictSinglePage {
        /** Called by Lincheck. */
        public RingBufferBefore() {
            super(Backing.RING_BUFFER, Series.BEFORE);
        }
    }

    /** RingBuffer, V1. */
    public static final class RingBufferV1 extends StrictSinglePage {
        /** Called by Lincheck. */
        public RingBufferV1() {
            super(Backing.RING_BUFFER, Series.V1);
        }
    }

    /** RingBuffer, AFTER. */
    public static final class RingBufferAfter extends StrictSinglePage {
        /** Called by Lincheck. */
        public RingBufferAfter() {
            super(Backing.RING_BUFFER, Series.AFTER);
        }
    }

    /** SharedWritable, BEFORE. */
    public static final class SharedWritableBefore extends StrictSinglePage {
        /** Called by Lincheck. */
        public SharedWritableBefore() {
            super(Backing.SHARED_WRITABLE, Series.BEFORE);
        }
    }

    /** SharedWritable, V1. */
    public static final class SharedWritableV1 extends StrictSinglePage {
        /** Called by Lincheck. */
        public SharedWritableV1() {
            super(Backing.SHARED_WRITABLE, Series.V1);
        }
    }

    /** SharedWritable, AFTER. */
    public static final class SharedWritableAfter extends StrictSinglePage {
        /** Called by Lincheck. */
        public SharedWritableAfter() {
            super(Backing.SHARED_WRITABLE, Series.AFTER);
        }
    }
}
