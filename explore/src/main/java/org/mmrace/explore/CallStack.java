package org.mmrace.explore;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which functions of the program a task is in. */
final class CallStack {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> SCHEDULER = Stream.of(
                    CallStack.class,
                    Execution.class,
                    ControlledKernel.class,
                    ControlledCells.class,
                    ControlledLocks.class,
                    ControlledSections.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());
    private static final int FRAMES_MAX = 40;

    private CallStack() {}

    /**
     * The lines that the calling thread is in, {@code "METHOD(FILE.java:LINE)"}, as {@link #functions} has their
     * methods.
     */
    static List<String> lines() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> SCHEDULER.contains(frame.getClassName()))
                .takeWhile(frame -> !SCHEDULER.contains(frame.getClassName()))
                .limit(FRAMES_MAX)
                .map(frame -> frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .toList());
    }

    /** The names of the methods that the calling thread is in, innermost first, without those of the scheduler. */
    static List<String> functions() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> SCHEDULER.contains(frame.getClassName()))
                .limit(FRAMES_MAX)
                .map(StackWalker.StackFrame::getMethodName)
                .toList());
    }
}
