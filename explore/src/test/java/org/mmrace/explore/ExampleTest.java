package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** The example of the package: a counter that two tasks increment without a lock. */
class ExampleTest {
    private static final class Counter {
        private final ControlledKernel kernel =
                new ControlledKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        private final Word count = new Word();

        Ending run(TaskPool pool, Strategy strategy) {
            Runnable increment = () -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
            return new Execution(kernel, pool, strategy)
                    .run(List.of(
                            new TaskBody(new Task(0, 0, "a"), increment),
                            new TaskBody(new Task(1, 1, "b"), increment)));
        }

        long value() {
            return kernel.readOnce(count);
        }
    }

    private static @Nullable Schedule search(TaskPool pool, Strategy strategy) {
        return pool.drive(() -> {
            for (int i = 0; i < 10_000; i++) {
                Counter counter = new Counter();
                Ending ending = counter.run(pool, strategy);
                if (counter.value() != 2) {
                    return ending.schedule();
                }
            }
            return null;
        });
    }

    @Test
    void lostUpdateIsFoundAndReplayed() {
        try (TaskPool pool = new TaskPool()) {
            Schedule schedule = search(pool, Portfolio.forBugs(42));
            assertThat(schedule).isNotNull();
            Counter counter = new Counter();
            pool.drive(() -> counter.run(pool, new Replay(Schedule.parse(String.valueOf(schedule)))));
            assertThat(counter.value()).isEqualTo(1);
        }
    }

    @Test
    void withoutSwitchesNothingIsLost() {
        try (TaskPool pool = new TaskPool()) {
            Counter counter = new Counter();
            pool.drive(() -> counter.run(pool, new OneAfterAnother()));
            assertThat(counter.value()).isEqualTo(2);
        }
    }
}
