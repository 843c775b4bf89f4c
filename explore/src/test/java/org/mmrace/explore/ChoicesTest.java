package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Word;

/** Values that the program asks for are decided, written down, repeated and enumerated like everything else. */
class ChoicesTest {
    private static final TaskPool POOL = new TaskPool();

    /** What the runs of the last exploration have come to. */
    private final List<String> seen = new ArrayList<>();

    /** One task writes one of three values, another one reads it, and chooses again if it sees the highest. */
    private final Subject<Outcome> subject = Subject.of(2, (kernel, tasks) -> {
        Word cell = new Word();
        StringBuilder run = new StringBuilder();
        tasks.add("writer", task -> kernel.writeOnce(cell, 10 + kernel.choices().choose(3)));
        tasks.add("reader", task -> {
            run.append(kernel.readOnce(cell));
            if (kernel.readOnce(cell) == 12) {
                run.append(" again ").append(kernel.choices().choose(2));
            }
        });
        tasks.check("two different reads do not choose 1", () -> {
            seen.add(run.toString());
            return !run.toString().equals("0 again 1");
        });
    });

    @AfterAll
    static void close() {
        POOL.close();
    }

    private Exploration<Outcome> explore(Strategy strategy, Plan plan) {
        seen.clear();
        return new Explorer<>(subject, POOL, Outcome::bad).run(strategy, plan);
    }

    @Test
    void depthFirstTriesEveryValueUnderEverySchedule() {
        Exploration<Outcome> all = explore(DepthFirst.all(), Plan.exhaustive().goingOn());
        // 3 orders of 1 write and 2 reads, 3 values; where the last read sees 12, 2 values more
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "10", "11", "12 again 0", "12 again 1", "0", "0", "0 again 0", "0 again 1", "0", "0", "0");
        assertThat(all.bad()).isEqualTo(1);
        assertThat(all.complete()).isTrue();
        assertThat(all.found()).hasToString("not so at the end: two different reads do not choose 1");
    }

    @Test
    void valuesCostNoPreemption() {
        explore(DepthFirst.withPreemptions(0), Plan.exhaustive().goingOn());
        assertThat(seen).containsExactlyInAnyOrder("10", "11", "12 again 0", "12 again 1", "0", "0", "0");
    }

    @Test
    void valuesAreReplayed() {
        Exploration<Outcome> found = explore(Portfolio.forBugs(7), Plan.of(1_000));
        assertThat(String.valueOf(found.schedule())).isEqualTo("2:=2ba=1");
        Exploration<Outcome> again = explore(new Replay(Schedule.parse("2:=2ba=1")), Plan.of(1));
        assertThat(again.schedule()).isEqualTo(found.schedule());
        assertThat(seen).containsExactly("0 again 1");
    }

    @Test
    void scheduleWithOtherValuesIsRefused() {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> explore(new Replay(Schedule.parse("2:=3")), Plan.of(1)))
                .withMessage("decision 1 of 2:=3: writer asks for a value less than 3, and it is 3");
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> explore(new Replay(Schedule.parse("2:a")), Plan.of(1)))
                .withMessage("decision 1 of 2:a: it is task 0, and writer asks for a value");
    }

    @Test
    void scheduleThatIsOverWhenAValueIsAskedForIsRefused() {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> explore(new Replay(Schedule.parse("2:")), Plan.of(1)))
                .withMessage("decision 1 of 2:: the schedule is over after 0 decisions, and the program goes on: writer"
                        + " asks for a value less than 3");
        Subject<Outcome> late = Subject.of(2, (kernel, tasks) -> {
            Word cell = new Word();
            tasks.add("a", task -> {
                kernel.readOnce(cell);
                kernel.choices().choose(2);
            });
            tasks.add("b", task -> kernel.writeOnce(cell, 1));
        });
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() ->
                        new Explorer<>(late, POOL, Outcome::bad).run(new Replay(Schedule.parse("2:a")), Plan.of(1)))
                .withMessage("decision 2 of 2:a: the schedule is over after 1 decision, and the program goes on: a asks"
                        + " for a value less than 2; b stands at WRITE_ONCE(), holding nothing");
    }

    @Test
    void behindTheEndOfAPrefixValuesAreZero() {
        explore(Replay.ofPrefix(Schedule.parse("2:")), Plan.of(1));
        assertThat(seen).containsExactly("10");
    }

    @Test
    void randomStrategiesDrawThem() {
        explore(new RandomWalk(3), Plan.of(200).goingOn());
        assertThat(seen).contains("10", "11", "12 again 0", "12 again 1", "0", "0 again 0", "0 again 1");
    }

    @Test
    void oneOfOneIsNoDecision() {
        Subject<Outcome> single = Subject.of(
                1,
                (kernel, tasks) -> tasks.add("a", task -> {
                    assertThat(kernel.choices().choose(1)).isZero();
                }));
        Exploration<Outcome> run = new Explorer<>(single, POOL, Outcome::bad).run(new OneAfterAnother(), 1);
        assertThat(run.bad()).isZero();
    }

    @Test
    void choiceAmongNothingIsTheProgramsFault() {
        Subject<Outcome> none = Subject.of(
                1, (kernel, tasks) -> tasks.add("a", task -> kernel.choices().choose(0)));
        assertThat(new Explorer<>(none, POOL, Outcome::bad)
                        .run(new OneAfterAnother(), 1)
                        .found())
                .hasToString("a failed: java.lang.IllegalArgumentException: a choice is among 1 or more, not 0");
    }

    @Test
    void strategyWithoutValuesIsRefused() {
        Strategy first = choice -> 0;
        assertThatIllegalStateException()
                .isThrownBy(() -> explore(first, Plan.of(1)))
                .withMessageStartingWith("the strategy failed, behind 2:")
                .withStackTraceContaining("chooses tasks, no values");
    }

    @Test
    void nobodyDecidesOutsideOfAnExecution() {
        ControlledKernel kernel = new ControlledKernel(1, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        assertThatIllegalStateException()
                .isThrownBy(() -> kernel.choices().choose(2))
                .withMessage("no task is running that a strategy chooses for");
    }
}
