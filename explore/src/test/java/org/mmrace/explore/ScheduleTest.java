package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.strategy.Replay;

/** What was decided can be written, read and done again. */
class ScheduleTest {
    /** Of the events of the first 1,000 walks with seed 42. */
    private static final int EVENTS_HASH = 883251802;

    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Schedule run(Strategy strategy, List<String> events, boolean[] fails) {
        return POOL.drive(() -> {
            Toy toy = new Toy(Toy.Bug.LOST_UPDATE);
            Ending ending = toy.run(POOL, strategy, step -> events.add(step.task() + " " + step));
            fails[0] = toy.fails();
            return ending.schedule();
        });
    }

    @Test
    void replayDoesTheSameAgain() {
        RandomWalk walk = new RandomWalk(5);
        int failing = 0;
        for (int i = 0; i < 200; i++) {
            List<String> events = new ArrayList<>();
            boolean[] fails = new boolean[1];
            Schedule schedule = run(walk, events, fails);
            List<String> again = new ArrayList<>();
            boolean[] failsAgain = new boolean[1];

            Schedule replayed = run(new Replay(Schedule.parse(schedule.toString())), again, failsAgain);

            assertThat(again).isEqualTo(events);
            assertThat(failsAgain[0]).isEqualTo(fails[0]);
            assertThat(replayed).isEqualTo(schedule).hasSameHashCodeAs(schedule);
            failing += fails[0] ? 1 : 0;
        }
        assertThat(failing).isPositive();
    }

    /** Pinned on 17; a JDK that decides otherwise fails here. */
    @Test
    void sameSeedSameEventsOnEveryJdk() {
        RandomWalk walk = new RandomWalk(42);
        int hash = 1;
        for (int i = 0; i < 1_000; i++) {
            List<String> events = new ArrayList<>();
            run(walk, events, new boolean[1]);
            hash = 31 * hash + events.hashCode();
        }
        assertThat(hash).isEqualTo(EVENTS_HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:", "1:a", "1:a12bZ3a"})
    void textIsRead(String text) {
        assertThat(Schedule.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "a,            a schedule starts with \"1:\"",
        "2:a,          a schedule starts with \"1:\"",
        "1:a0,         column 4: expected a letter",
        "1:a b,        column 4: expected a letter",
        "1:5,          column 3: expected a letter",
        "1:a9999999b9999999, column 11: more than",
    })
    void malformedTextIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void scheduleOfAnotherProgramIsRefused() {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> run(new Replay(Schedule.parse("1:d")), new ArrayList<>(), new boolean[1]))
                .withMessage("decision 1 of 1:d: task 3 does not exist");
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> run(new Replay(Schedule.parse("1:bca")), new ArrayList<>(), new boolean[1]))
                .withMessage("decision 2 of 1:bca: task 2 waits at spin_lock(ptl), holding nothing");
    }
}
