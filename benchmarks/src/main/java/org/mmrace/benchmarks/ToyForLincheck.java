package org.mmrace.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * The toy of {@link ToyProgram} as Lincheck takes it: the same operations, atomics and a {@link ReentrantLock}.
 * Lincheck wants to know where {@code i} comes from, although the scenario is given.
 */
@Param(name = "i", gen = IntGen.class, conf = "0:1")
public final class ToyForLincheck {
    private final AtomicIntegerArray entries = new AtomicIntegerArray(new int[] {1, 0});
    private final AtomicInteger refs = new AtomicInteger(2);
    private final AtomicInteger pins = new AtomicInteger();
    private final Lock ptl = new ReentrantLock();

    /** Called by Lincheck for each execution. */
    public ToyForLincheck() {
        LincheckClock.began();
    }

    /** The same operations, one at a time. */
    public static final class Sequential {
        private int entries = 1;

        /** As the operation. */
        public boolean insert(int i) {
            boolean free = (entries & 1 << i) == 0;
            entries |= 1 << i;
            return free;
        }

        /** As the operation. */
        public boolean unmap(int i) {
            boolean present = (entries & 1 << i) != 0;
            entries &= ~(1 << i);
            return present;
        }

        /** As the operation. */
        public boolean pin(int i) {
            return (entries & 1 << i) != 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sequential that && entries == that.entries;
        }

        @Override
        public int hashCode() {
            return entries;
        }
    }

    /** Model checking of the one scenario, with so many executions. */
    static void check(int executions) {
        new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(executions)
                .sequentialSpecification(Sequential.class)
                .addCustomScenario(new ExecutionScenario(
                        List.of(),
                        List.of(
                                List.of(actor("pin", 0), actor("insert", 1)),
                                List.of(actor("unmap", 0), actor("insert", 0)),
                                List.of(actor("insert", 1), actor("unmap", 1))),
                        List.of(),
                        Arrays.stream(ToyForLincheck.class.getMethods())
                                .filter(method -> method.isAnnotationPresent(Validate.class))
                                .map(method -> new Actor(method, List.of()))
                                .findFirst()
                                .orElse(null)))
                .check(ToyForLincheck.class);
    }

    private static Actor actor(String name, int argument) {
        try {
            Method method = ToyForLincheck.class.getMethod(name, int.class);
            return new Actor(method, List.of(argument));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Maps entry {@code i}: whether it was free. */
    @Operation
    public boolean insert(int i) {
        ptl.lock();
        try {
            boolean free = entries.get(i) == 0;
            if (free) {
                refs.incrementAndGet();
                entries.set(i, 1);
            }
            return free;
        } finally {
            ptl.unlock();
        }
    }

    /** Clears entry {@code i}: whether it was mapped. */
    @Operation
    public boolean unmap(int i) {
        ptl.lock();
        try {
            boolean present = entries.get(i) != 0;
            if (present) {
                entries.set(i, 0);
                refs.decrementAndGet();
            }
            return present;
        } finally {
            ptl.unlock();
        }
    }

    /** Takes a reference for what entry {@code i} maps, without the lock if nothing comes between. */
    @Operation
    public boolean pin(int i) {
        if (entries.get(i) == 0) {
            return false;
        }
        refs.incrementAndGet();
        if (entries.get(i) != 0) {
            pins.incrementAndGet();
            return true;
        }
        refs.decrementAndGet();
        ptl.lock();
        try {
            boolean present = entries.get(i) != 0;
            if (present) {
                refs.incrementAndGet();
                pins.incrementAndGet();
            }
            return present;
        } finally {
            ptl.unlock();
        }
    }

    /** Called by Lincheck at the end of each execution. */
    @Validate
    public void referencesAddUp() {
        if (refs.get() != 1 + entries.get(0) + entries.get(1) + pins.get()) {
            throw new IllegalStateException("references do not add up");
        }
    }
}
