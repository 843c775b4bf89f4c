package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;
import org.mmrace.kernel.Word;

/** An exploration ends when it should, counts right, and says what it has found or proved and no more. */
class ExplorerTest {
    private static final TaskPool POOL = new TaskPool();

    private static final Subject<Outcome> COUNTER = Subject.of(2, (kernel, tasks) -> {
        Word count = new Word();
        Consumer<Task> increment = task -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
        tasks.add("a", increment).add("b", increment);
        tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
    });

    private static final Subject<Outcome> LOCKED = Subject.of(2, (kernel, tasks) -> {
        SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        Word count = new Word();
        Consumer<Task> increment = task -> {
            kernel.spinLock(task, lock);
            kernel.writeOnce(count, kernel.readOnce(count) + 1);
            kernel.spinUnlock(task, lock);
        };
        tasks.add("a", increment).add("b", increment);
        tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
    });

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Exploration<Outcome> explore(Subject<Outcome> subject, Strategy strategy, Plan plan) {
        return new Explorer<>(subject, POOL, Outcome::bad).run(strategy, plan);
    }

    @Test
    void firstBadResultEndsIt() {
        Exploration<Outcome> result = explore(COUNTER, DepthFirst.all(), Plan.exhaustive());
        assertThat(result.executions()).isEqualTo(2);
        assertThat(result.firstBad()).isEqualTo(2);
        assertThat(result.bad()).isEqualTo(1);
        assertThat(result.complete()).isFalse();
        assertThat(result.schedule()).hasToString("2:aba");
        assertThat(result.verdict())
                .isEqualTo("1 of 2 executions bad, first number 2: not so at the end: both increments count");
    }

    @Test
    void goingOnCountsTheBadOnes() {
        Exploration<Outcome> result =
                explore(COUNTER, DepthFirst.all(), Plan.exhaustive().goingOn());
        assertThat(result.executions()).isEqualTo(6);
        assertThat(result.steps()).isEqualTo(6 * 4);
        assertThat(result.bad()).isEqualTo(4);
        assertThat(result.complete()).isTrue();
        assertThat(result.verdict()).startsWith("4 of 6 executions bad, first number 2: ");
    }

    @Test
    void exhaustiveVerdictSaysWhatWasProved() {
        assertThat(explore(LOCKED, DepthFirst.all(), Plan.exhaustive()).verdict())
                .isEqualTo("all 2 schedules, complete, no violation");
        assertThat(explore(LOCKED, DepthFirst.withPreemptions(0), Plan.exhaustive())
                        .verdict())
                .isEqualTo("all 2 schedules with at most 0 preemptions, complete, no violation");
        assertThat(explore(LOCKED, DepthFirst.all(), Plan.of(1)).verdict())
                .isEqualTo("1 execution, no violation; says nothing about other schedules");
    }

    @Test
    void randomVerdictBoundsTheNextExecution() {
        assertThat(explore(LOCKED, new RandomWalk(1), Plan.of(1_000)).verdict())
                .isEqualTo("1,000 executions, no violation; probability that the next one shows one <= 0.3 %"
                        + " (95 % confidence)");
        assertThat(explore(LOCKED, Portfolio.forBugs(1), Plan.of(1_000).countingTraces())
                        .verdict())
                .isEqualTo("1,000 executions, no violation; probability that the next one shows one <= 0.3 %, a new"
                        + " trace <= 0.3 %, 2 traces seen (95 % confidence)");
        assertThat(explore(LOCKED, new OneAfterAnother(), Plan.of(1)).verdict())
                .isEqualTo("1 execution, no violation; says nothing about other schedules");
    }

    @Test
    void endsWhenItIsEnough() {
        AtomicInteger asked = new AtomicInteger();
        Exploration<Outcome> result =
                explore(LOCKED, new RandomWalk(1), Plan.of(1_000).until(() -> asked.incrementAndGet() == 7));
        assertThat(result.executions()).isEqualTo(7);
        assertThatIllegalArgumentException().isThrownBy(() -> Plan.of(0));
    }

    @Test
    void listenerSeesEachExecution() {
        List<String> seen = new ArrayList<>();
        new Explorer<>(COUNTER, POOL, Outcome::bad)
                .run(
                        DepthFirst.all(),
                        Plan.of(3).goingOn(),
                        (number, ending, result, bad) -> seen.add(number + " " + ending.schedule() + " " + bad));
        assertThat(seen).containsExactly("1 2:a2 false", "2 2:aba true", "3 2:ab2 true");
    }

    @Test
    void deadlockNamesTasksLocksAndWaits() {
        Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
            SpinLock first = new SpinLock(LockClass.PTL, "first");
            SpinLock second = new SpinLock(LockClass.PTL, "second");
            tasks.add("a", task -> {
                kernel.spinLock(task, first);
                kernel.spinLock(task, second);
            });
            tasks.add("b", task -> {
                kernel.spinLock(task, second);
                kernel.spinLock(task, first);
            });
        });
        Exploration<Outcome> result = explore(subject, new Replay(Schedule.parse("2:ab")), Plan.of(1));
        assertThat(result.verdict())
                .isEqualTo("1 of 1 execution bad, first number 1: deadlock: a waits at spin_lock(second), holding"
                        + " first (W); b waits at spin_lock(first), holding second (W)");
    }

    @Test
    void livelockNamesTheTaskThatTurns() {
        Subject<Outcome> subject = Subject.of(1, (kernel, tasks) -> {
            Word flag = new Word();
            tasks.add("spinner", task -> {
                for (int turn = 1; kernel.readOnce(flag) == 0; turn++) {
                    kernel.condResched(task, turn);
                }
            });
        });
        Exploration<Outcome> result =
                explore(subject, new OneAfterAnother(), Plan.of(1).within(new Limits(100, 5)));
        assertThat(result.found())
                .hasToString("livelock: spinner turned 6 times; spinner stands at cond_resched(), holding nothing");
        assertThat(explore(subject, new OneAfterAnother(), Plan.of(1).within(new Limits(7, 100)))
                        .found())
                .hasToString("no end in sight: after 7 steps: spinner stands at cond_resched(), holding nothing");
    }

    @Test
    void whatTasksThrowAndTheKernelSaysIsAProblem() {
        assertThat(explore(
                                Subject.of(
                                        1,
                                        (kernel, tasks) -> tasks.add("a", task -> {
                                            throw new IllegalStateException("odd");
                                        })),
                                new OneAfterAnother(),
                                Plan.of(1))
                        .found())
                .hasToString("a failed: java.lang.IllegalStateException: odd");
        assertThat(explore(
                                Subject.of(
                                        1,
                                        (kernel, tasks) ->
                                                tasks.add("a", task -> Bug.on(true, kernel, task, "f", "odd"))),
                                new OneAfterAnother(),
                                Plan.of(1))
                        .found())
                .hasToString("kernel BUG in f, task a: odd");
        assertThat(explore(
                                Subject.of(
                                        1,
                                        (kernel, tasks) ->
                                                tasks.add("a", task -> Warn.on(true, kernel, task, "f", "odd"))),
                                new OneAfterAnother(),
                                Plan.of(1))
                        .found())
                .hasToString("WARNING in f, task a: odd");
    }

    @Test
    void schedulesCarryTheProgram() {
        Subject<Outcome> named = new Subject<>() {
            @Override
            public Attempt<Outcome> attempt() {
                return COUNTER.attempt();
            }

            @Override
            public String hash() {
                return "0badcafe";
            }
        };
        Exploration<Outcome> result = explore(named, DepthFirst.all(), Plan.exhaustive());
        assertThat(result.schedule()).hasToString("2:0badcafe:aba");
        assertThat(explore(named, new Replay(Schedule.parse("2:0badcafe:aba")), Plan.of(1))
                        .bad())
                .isEqualTo(1);
        assertThatExceptionOfType(StaleScheduleException.class)
                .isThrownBy(() -> explore(named, new Replay(Schedule.parse("2:0badbeef:aba")), Plan.of(1)));
    }

    @Test
    void moreTasksThanCpusAreRefused() {
        Subject<Outcome> subject =
                Subject.of(1, (kernel, tasks) -> tasks.add("a", task -> {}).add("b", task -> {}));
        assertThatIllegalArgumentException().isThrownBy(subject::attempt).withMessage("task b has no CPU: there are 1");
    }
}
