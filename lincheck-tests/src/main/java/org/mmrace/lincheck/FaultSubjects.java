package org.mmrace.lincheck;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

/** The operations on kernels with one bug each; Lincheck wants constructors without parameters. */
final class FaultSubjects {
    private FaultSubjects() {}

    private static KernelConfig with(Fault fault) {
        return KernelConfig.of(Series.AFTER).with(fault);
    }

    /** B09. */
    public static final class B09 extends AccessOperations {
        /** Called by Lincheck. */
        public B09() {
            super(with(Fault.B09), Backing.PRIVATE);
        }
    }

    /** B12. */
    public static final class B12 extends DaxFileOperations {
        /** Called by Lincheck. */
        public B12() {
            super(with(Fault.B12));
        }
    }

    /** B25. */
    public static final class B25 extends ForkOperations {
        /** Called by Lincheck. */
        public B25() {
            super(with(Fault.B25));
        }
    }

    /** B30. */
    public static final class B30 extends ReuseOperations {
        /** Called by Lincheck. */
        public B30() {
            super(with(Fault.B30));
        }
    }

    /** B31. */
    public static final class B31 extends ReuseOperations {
        /** Called by Lincheck. */
        public B31() {
            super(with(Fault.B31));
        }
    }

    /** B40. */
    public static final class B40 extends ForkOperations {
        /** Called by Lincheck. */
        public B40() {
            super(with(Fault.B40));
        }
    }

    /** B43. */
    public static final class B43 extends AnonOperations {
        /** Called by Lincheck. */
        public B43() {
            super(with(Fault.B43));
        }
    }

    /** B56. */
    public static final class B56 extends VmaLockOperations {
        /** Called by Lincheck. */
        public B56() {
            super(with(Fault.B56));
        }
    }

    /** B67. */
    public static final class B67 extends DaxFileOperations {
        /** Called by Lincheck. */
        public B67() {
            super(with(Fault.B67));
        }
    }

    /** B70. */
    public static final class B70 extends EntryOperations {
        /** Called by Lincheck. */
        public B70() {
            super(with(Fault.B70), Backing.PRIVATE);
        }
    }

    /** B72. */
    public static final class B72 extends EntryOperations {
        /** Called by Lincheck. */
        public B72() {
            super(with(Fault.B72), Backing.PRIVATE);
        }
    }
}
