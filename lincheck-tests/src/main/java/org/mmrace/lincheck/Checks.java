package org.mmrace.lincheck;

import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/**
 * How a subject is put under Lincheck: which operations per thread, against which specification, and for how long.
 *
 * @param subject the class with the operations
 * @param specification what {@code verifier} compares with
 * @param verifier Lincheck's own, or {@link PointsVerifier}
 * @param threads that run at the same time
 * @param actorsPerThread operations of each of them; one more before, one after
 * @param stepsAreVerbs whether a verb of the kernel is one step, as in the model; false to let Lincheck switch inside
 */
record Checks(
        Class<?> subject,
        Class<?> specification,
        Class<? extends Verifier> verifier,
        int threads,
        int actorsPerThread,
        boolean stepsAreVerbs) {
    /** What exists for checks alone, or is private to one task, or never changes: no step is hidden by skipping it. */
    private static final Set<String> NO_STEPS = Set.of(
            "org.mmrace.kernel.Errno",
            "org.mmrace.kernel.Ghost",
            "org.mmrace.kernel.GhostArray",
            "org.mmrace.kernel.HeldLocks",
            "org.mmrace.kernel.Local",
            "org.mmrace.kernel.LocalLong",
            "org.mmrace.kernel.Noise",
            "org.mmrace.lincheck.Invocations",
            "org.mmrace.lincheck.MachineUnderTest",
            "org.mmrace.mm.Address",
            "org.mmrace.mm.GupFlags",
            "org.mmrace.mm.MemoryManager",
            "org.mmrace.mm.MmMonitor",
            "org.mmrace.mm.Platform",
            "org.mmrace.mm.Pte",
            "org.mmrace.mm.VmFlags");

    /**
     * Each method is one step: what a CPU does to its own sections, a TLB look-up, fill, and invalidation of a range.
     */
    private static final Set<String> ONE_STEP_EACH = Set.of("org.mmrace.kernel.CpuSections", "org.mmrace.mm.Tlb");

    /** A waiting loop turns this often before it is taken to wait for ever; it is switched away from at each tenth. */
    private static final int LOOP_BOUND = 2000;

    /** The verbs of the seam that never wait; each is one step by definition. */
    private static final Set<String> VERBS = Set.of(
            "addReturn",
            "cmpxchg",
            "loadAcquire",
            "lockMapAcquire",
            "lockMapRelease",
            "rcuAssignPointer",
            "rcuDereference",
            "readOnce",
            "refAdd",
            "refAddUnlessZero",
            "refRead",
            "smpMb",
            "storeRelease",
            "writeOnce",
            "xchg");

    /** Two threads of three operations each, one step per verb, against Lincheck's own verifier. */
    static Checks linearizable(Class<?> subject, Class<?> specification) {
        return new Checks(
                subject,
                specification,
                org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier.class,
                2,
                3,
                true);
    }

    /** The same against a specification whose operations have several points in time. */
    static Checks byPoints(Class<?> subject, Class<? extends PointsSpecification> specification) {
        return new Checks(subject, specification, PointsVerifier.class, 2, 3, true);
    }

    /** The same for another subject with the same operations. */
    Checks of(Class<?> other) {
        return new Checks(other, specification, verifier, threads, actorsPerThread, stepsAreVerbs);
    }

    /** With other numbers of threads and operations. */
    Checks sized(int threadCount, int actors) {
        return new Checks(subject, specification, verifier, threadCount, actors, stepsAreVerbs);
    }

    /** With switches inside the verbs too, for what the verbs themselves promise. */
    Checks insideVerbs() {
        return new Checks(subject, specification, verifier, threads, actorsPerThread, false);
    }

    /**
     * Runs it for as long as the budget says, as one of {@link Mode}'s runs of its test method.
     *
     * @throws org.jetbrains.lincheck.LincheckAssertionError as {@link #run(Mode, int)}
     */
    void run(Mode mode) {
        run(mode, Mode.values().length);
    }

    /**
     * Runs it for as long as the budget says, as one of {@code runs} runs of its test method.
     *
     * @throws org.jetbrains.lincheck.LincheckAssertionError when an execution contradicts the specification, an audit
     *     finds something, or threads wait for ever
     */
    void run(Mode mode, int runs) {
        Budget.requireJdk();
        Budget.of(mode, runs).spend(size -> {
            switch (mode) {
                case MODEL_CHECKING -> modelChecking(size).check(subject);
                case STRESS -> common(new StressOptions(), size).check(subject);
            }
        });
    }

    /**
     * Model-checks these scenarios in one go, up to that many executions of each. Starting Lincheck, which instruments
     * the model anew each time, takes longer than most of them.
     *
     * @throws org.jetbrains.lincheck.LincheckAssertionError as {@link #run(Mode, int)}
     */
    void run(List<WrittenScenario> scenarios, int invocations) {
        Budget.requireJdk();
        ModelCheckingOptions options = modelChecking(new Budget.Size(0, invocations));
        scenarios.forEach(scenario -> options.addCustomScenario(scenario.on(subject)));
        options.check(subject);
    }

    private ModelCheckingOptions modelChecking(Budget.Size size) {
        ModelCheckingOptions options = common(new ModelCheckingOptions(), size)
                .loopBound(LOOP_BOUND)
                .addGuarantee(guarantee(name -> NO_STEPS.contains(name) || isForChecks(name))
                        .allMethods()
                        .ignore());
        if (stepsAreVerbs) {
            options.addGuarantee(guarantee("org.mmrace.kernel.NativeKernel"::equals)
                            .methods(VERBS::contains)
                            .treatAsAtomic())
                    .addGuarantee(
                            guarantee(ONE_STEP_EACH::contains).allMethods().treatAsAtomic());
        }
        return options;
    }

    private static boolean isForChecks(String className) {
        return className.startsWith("org.mmrace.check.")
                || className.startsWith("org.mmrace.fault.")
                || className.startsWith("org.mmrace.kernel.KernelLog")
                || className.startsWith("org.mmrace.kernel.LockObserver")
                || className.startsWith("org.mmrace.mm.MmMonitor$");
    }

    private static ManagedStrategyGuarantee.MethodBuilder guarantee(
            kotlin.jvm.functions.Function1<String, Boolean> of) {
        return ManagedStrategyGuaranteeKt.forClasses(of);
    }

    private <O extends Options<O, ?>> O common(O options, Budget.Size size) {
        return options.iterations(size.iterations())
                .invocationsPerIteration(size.invocations())
                .threads(threads)
                .actorsPerThread(actorsPerThread)
                .actorsBefore(1)
                .actorsAfter(1)
                .sequentialSpecification(specification)
                .verifier(verifier);
    }
}
