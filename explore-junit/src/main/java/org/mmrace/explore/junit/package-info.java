/**
 * Tests whose tasks run under the scheduler:
 *
 * <pre>{@code
 * class CounterTest {
 *     @Explore(strategy = "dfs")
 *     void bothIncrementsCount(ControlledKernel kernel, Tasks tasks) {
 *         Word count = new Word();
 *         Consumer<Task> increment = task -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
 *         tasks.add("a", increment).add("b", increment);
 *         tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
 *     }
 * }
 * }</pre>
 *
 * <p>The method is called for each execution, and says what the program is: its shared state, its tasks, and what must
 * be so at the end. The test fails with what went wrong, with the steps of that execution in a column for each task,
 * and with the schedule; {@code @Explore(replay = "2:...")} does just that one again.
 */
@NullMarked
package org.mmrace.explore.junit;

import org.jspecify.annotations.NullMarked;
