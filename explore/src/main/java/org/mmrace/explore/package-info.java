/**
 * The scheduler that decides every step of the tasks of a simulated machine, and the strategies that tell it how. Works
 * for any program that reaches its shared state through {@link org.mmrace.kernel.Kernel}:
 *
 * <pre>{@code
 * Subject<Outcome> counter = Subject.of(2, (kernel, tasks) -> {
 *     Word count = new Word();
 *     Consumer<Task> increment = task -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
 *     tasks.add("a", increment).add("b", increment);
 *     tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
 * });
 * try (TaskPool pool = new TaskPool()) {
 *     Explorer<Outcome> explorer = new Explorer<>(counter, pool, Outcome::bad);
 *     Explorer.Exploration<Outcome> found = explorer.run(DepthFirst.all(), Plan.exhaustive());
 *     String text = String.valueOf(found.schedule()); // for a report: "2:aba"
 *     Explorer.Exploration<Outcome> again = explorer.run(new Replay(Schedule.parse(text)), 1);
 *     return again.verdict(); // "1 of 1 execution bad, ...: both increments count"
 * }
 * }</pre>
 *
 * <p>(With its imports it is in docs/exploration.md.) A task is bound to a CPU of its own. What it throws, what the
 * kernel warns of, a deadlock and a livelock are bad without a check. Another program is a
 * {@link org.mmrace.explore.Subject} of its own. {@link org.mmrace.explore.Choices} are values that the strategy
 * decides.
 */
@NullMarked
package org.mmrace.explore;

import org.jspecify.annotations.NullMarked;
