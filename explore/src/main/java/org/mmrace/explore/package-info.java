/**
 * The scheduler that decides every step of the tasks of a simulated machine, and the strategies that tell it how. Works
 * for any program that reaches its shared state through {@link org.mmrace.kernel.Kernel}:
 *
 * <pre>{@code
 * try (TaskPool pool = new TaskPool()) {
 *     Strategy strategy = Portfolio.forBugs(42);
 *     pool.drive(() -> {
 *         for (int i = 0; i < 10_000; i++) {
 *             ControlledKernel kernel =
 *                     new ControlledKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
 *             Word count = new Word();
 *             Task a = new Task(0, 0, "a");
 *             Task b = new Task(1, 1, "b");
 *             Runnable increment = () -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
 *             Ending ending = new Execution(kernel, pool, strategy)
 *                     .run(List.of(new TaskBody(a, increment), new TaskBody(b, increment)));
 *             if (kernel.readOnce(count) != 2) {
 *                 return ending.schedule(); // new Replay(schedule) does it again
 *             }
 *         }
 *         return null;
 *     });
 * }
 * }</pre>
 */
@NullMarked
package org.mmrace.explore;

import org.jspecify.annotations.NullMarked;
