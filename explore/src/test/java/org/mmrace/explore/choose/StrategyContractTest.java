package org.mmrace.explore.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.TaskPool;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** What every strategy of the table does, whatever else it does. */
class StrategyContractTest {
    private static final long SEED = 7;
    private static final int EXECUTIONS_MAX = 1_000;
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** Each one as it is without a number, with the smallest number, and with the next one. */
    static Stream<StrategyName> names() {
        return StrategyKind.all().stream().flatMap(kind -> {
            Stream<String> plain = Stream.of(kind.word());
            return Optional.ofNullable(kind.parameter())
                    .map(number -> Stream.concat(
                            plain,
                            Stream.of(kind.word() + ":" + number.least(), kind.word() + ":" + (number.least() + 1))))
                    .orElse(plain)
                    .map(StrategyName::parse);
        });
    }

    /** Those that cannot interrupt a task between its read and its write. */
    private static boolean neverInterrupts(StrategyName name) {
        return List.of("pct:1", "pb:0", "states:0", "rr:2").contains(name.toString());
    }

    /** Increments without a lock, and one with: two steps, then three. */
    private static final class Counter {
        private final ControlledKernel kernel =
                new ControlledKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        private final Word count = new Word();
        private final Word locked = new Word();
        private final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");

        private TaskBody task(int number) {
            Task task = new Task(number, number, "t" + number);
            return new TaskBody(task, () -> {
                kernel.writeOnce(count, kernel.readOnce(count) + 1);
                kernel.spinLock(task, lock);
                kernel.addReturn(locked, 1);
                kernel.spinUnlock(task, lock);
            });
        }

        Ending run(Strategy strategy) {
            return new Execution(kernel, POOL, new Watched(strategy)).run(List.of(task(0), task(1)));
        }

        boolean lost() {
            return kernel.readOnce(count) != 2;
        }
    }

    /** Looks at what a strategy picks. */
    private record Watched(Strategy strategy) implements Strategy {
        @Override
        public void begin() {
            strategy.begin();
        }

        @Override
        public int pick(Choice choice) {
            int picked = strategy.pick(choice);
            assertThat(picked).isBetween(0, choice.size() - 1);
            assertThat(choice.enabled(picked).enabled()).isTrue();
            return picked;
        }

        @Override
        public void step(Choice choice, int picked) {
            strategy.step(choice, picked);
        }

        @Override
        public boolean stops(Choice choice) {
            return strategy.stops(choice);
        }

        @Override
        public void touched(Object object, int index, boolean writes) {
            strategy.touched(object, index, writes);
        }

        @Override
        public void stuck(Choice choice) {
            strategy.stuck(choice);
        }

        @Override
        public void complete(Choice choice) {
            strategy.complete(choice);
        }
    }

    private record Shown(List<Schedule> schedules, boolean lost, boolean ended) {}

    private static Shown show(StrategyName name, int most) {
        Strategy strategy = name.make(SEED);
        return POOL.drive(() -> {
            List<Schedule> schedules = new ArrayList<>();
            boolean lost = false;
            boolean more = true;
            while (more && schedules.size() < most) {
                Counter counter = new Counter();
                Ending ending = counter.run(strategy);
                assertThat(ending.how()).isIn(How.COMPLETE, How.REDUNDANT);
                schedules.add(ending.schedule());
                lost |= ending.how() == How.COMPLETE && counter.lost();
                more = strategy.end();
            }
            return new Shown(schedules, lost, !more);
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameSeedSameSchedules(StrategyName name) {
        assertThat(show(name, 50)).isEqualTo(show(name, 50));
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsTheLostUpdate(StrategyName name) {
        assertThat(show(name, EXECUTIONS_MAX).lost).isEqualTo(!neverInterrupts(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void endsUnlessItDrawsLots(StrategyName name) {
        assertThat(show(name, EXECUTIONS_MAX).ended).isEqualTo(!name.drawsLots());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isCalledByTheNameThatMakesIt(StrategyName name) {
        String said = String.valueOf(name.make(SEED));
        assertThat(StrategyName.parse(said)).isEqualTo(name);
        assertThat(said).isEqualTo(name.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDescribedInOneLine(StrategyName name) {
        assertThat(name.kind().description()).isNotBlank().hasSizeLessThan(90).doesNotContain("\n");
    }
}
