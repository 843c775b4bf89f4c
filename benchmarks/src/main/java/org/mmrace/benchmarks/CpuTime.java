package org.mmrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The CPU time of this process, all threads of the JVM included: on one quiet processor the time that passes, and on a
 * busy one it does not hang on what else runs.
 */
final class CpuTime {
    private CpuTime() {}

    /** Nanoseconds until now. */
    static long nanos() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return system.getProcessCpuTime();
        }
        throw new IllegalStateException("this JVM does not know its CPU time");
    }
}
