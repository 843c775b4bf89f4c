package org.mmrace.explore.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** What JUnit says about programs that are right and wrong. */
class ExploreTest {
    /** Test methods that are no tests of ours: some of them must fail. */
    static final class Programs {
        private static int calls;

        private static void counter(ControlledKernel kernel, Tasks tasks, boolean atomic) {
            Word count = new Word();
            Consumer<Task> increment = task -> {
                if (atomic) {
                    kernel.addReturn(count, 1);
                } else {
                    kernel.writeOnce(count, kernel.readOnce(count) + 1);
                }
            };
            tasks.add("a", increment).add("b", increment);
            tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
        }

        @Explore(strategy = "dfs")
        void loses(ControlledKernel kernel, Tasks tasks) {
            counter(kernel, tasks, false);
        }

        @Explore(replay = "2:aba")
        void losesAgain(ControlledKernel kernel, Tasks tasks) {
            counter(kernel, tasks, false);
        }

        @Explore(replay = "2:a2b")
        void doesNotLoseThere(ControlledKernel kernel, Tasks tasks) {
            counter(kernel, tasks, false);
        }

        @Explore(replay = "2:00000000:aba")
        void isAnotherProgram(ControlledKernel kernel, Tasks tasks) {
            counter(kernel, tasks, false);
        }

        @Explore(strategy = "dfs")
        void counts(Tasks tasks, ControlledKernel kernel) {
            calls++;
            counter(kernel, tasks, true);
        }

        @Explore(executions = 1)
        void turns(ControlledKernel kernel, Tasks tasks) {
            Word flag = new Word();
            tasks.add("a", task -> {
                for (int turn = 0; turn < 40; turn++) {
                    kernel.readOnce(flag);
                    kernel.condResched(task, turn);
                }
                kernel.writeOnce(flag, 7);
            });
            tasks.check("the flag is down", () -> kernel.readOnce(flag) == 0);
        }

        @Explore(strategy = "dsf")
        void hasNoStrategy(Tasks tasks) {
            tasks.add("a", task -> {});
        }

        @Explore(executions = 200)
        void throwsInATask(Tasks tasks) {
            tasks.add("a", task -> {
                throw new IllegalArgumentException("seven");
            });
        }

        @Explore
        void addsNoTask(Tasks tasks) {
            tasks.check("nothing", () -> true);
        }

        @Explore(executions = 1)
        void throwsAmongOthers(ControlledKernel kernel, Tasks tasks) {
            Word cell = new Word();
            tasks.add("b", task -> kernel.readOnce(cell));
            tasks.add("a", task -> {
                throw new IllegalArgumentException("seven");
            });
        }

        @Explore(executions = 1)
        void waitsForever(ControlledKernel kernel, Tasks tasks) {
            Word flag = new Word();
            tasks.add("a", task -> {
                for (int turn = 1; kernel.readOnce(flag) == 0; turn++) {
                    kernel.condResched(task, turn);
                }
            });
        }

        private static void plain(ControlledKernel kernel, Tasks tasks) {
            Word cell = new Word(5);
            tasks.add("a", task -> kernel.writePlain(cell, 7)).add("b", task -> kernel.readPlain(cell));
        }

        @Explore(races = true)
        void races(ControlledKernel kernel, Tasks tasks) {
            plain(kernel, tasks);
        }

        @Explore(executions = 20)
        void racesUnseen(ControlledKernel kernel, Tasks tasks) {
            plain(kernel, tasks);
        }

        private static void twoOrders(ControlledKernel kernel, Tasks tasks) {
            SpinLock one = new SpinLock(LockClass.PTL, "one");
            SpinLock two = new SpinLock(LockClass.PTL, "two");
            tasks.add("a", task -> both(kernel, task, one, two)).add("b", task -> both(kernel, task, two, one));
        }

        private static void both(ControlledKernel kernel, Task task, SpinLock first, SpinLock second) {
            kernel.spinLock(task, first);
            kernel.spinLock(task, second);
            kernel.spinUnlock(task, second);
            kernel.spinUnlock(task, first);
        }

        @Explore(strategy = "portfolio")
        void deadlocks(ControlledKernel kernel, Tasks tasks) {
            twoOrders(kernel, tasks);
        }

        /** One execution, which does not deadlock. */
        @Explore(replay = "2:a4b", lockOrder = true)
        void mayDeadlock(ControlledKernel kernel, Tasks tasks) {
            twoOrders(kernel, tasks);
        }
    }

    private static Heard run(String method) {
        return Heard.of(Programs.class, method);
    }

    private static String message(String method) {
        return run(method).message();
    }

    @Test
    void failureShowsProblemStepsAndReplay() {
        String message = message("loses");
        assertThat(message).startsWith("not so at the end: both increments count\n\nstep  | a");
        assertThat(message).contains("READ_ONCE c1 0  ExploreTest.java:", "WRITE_ONCE c1 0 -> 1  ExploreTest.java:");
        assertThat(message).containsPattern("To do it again: @Explore\\(replay = \"2:[0-9a-f]{8}:[ab0-9]+\"\\)$");
    }

    @Test
    void turnsOfALoopThatAreAlikeAreShownOnce() {
        String message = message("turns");
        assertThat(message.lines().filter(line -> line.contains("READ_ONCE"))).hasSize(1);
        assertThat(message)
                .containsPattern("\n    1 \\| READ_ONCE c1 0 .*\n    2 \\| .*\n +\\| \\.\\. x40 \\(2 steps\\)\n")
                .containsPattern("\n   81 \\| WRITE_ONCE c1 0 -> 7 ");
    }

    @Test
    void replayFailsTheSameWay() {
        Matcher schedule =
                Pattern.compile("replay = \"2:[0-9a-f]{8}:([ab0-9]+)\"").matcher(message("loses"));
        assertThat(schedule.find()).isTrue();
        assertThat(schedule.group(1)).isEqualTo("aba");
        assertThat(steps(message("losesAgain"))).isEqualTo(steps(message("loses")));
        assertThat(message("doesNotLoseThere")).isEqualTo("passed");
    }

    private static String steps(String message) {
        return message.substring(0, message.indexOf("To do it again"));
    }

    @Test
    void scheduleOfAnotherProgramIsRefused() {
        assertThat(message("isAnotherProgram")).contains("program");
    }

    @Test
    void successSaysWhatWasProved() {
        Programs.calls = 0;
        Heard heard = run("counts");
        assertThat(heard.failure()).isEmpty();
        assertThat(Programs.calls).isEqualTo(2);
        assertThat(heard.reports().get("mmrace")).contains("2");
    }

    @Test
    void unknownStrategyIsNamed() {
        assertThat(message("hasNoStrategy")).contains("unknown strategy 'dsf'; did you mean dfs?");
    }

    @Test
    void exceptionOfATaskIsAFailure() {
        Heard heard = run("throwsInATask");
        assertThat(heard.failure().map(Throwable::getMessage).orElse("")).contains("a failed", "seven");
        assertThat(heard.failure().map(Throwable::getCause).orElse(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void testWithoutATaskFails() {
        assertThat(message("addsNoTask")).startsWith("no task was added");
    }

    @Test
    void tableWithoutAStepIsNotShown() {
        assertThat(message("throwsInATask"))
                .containsPattern("^a failed: java.lang.IllegalArgumentException: seven\nTo do it again: ");
        assertThat(message("throwsAmongOthers")).contains("seven\n\nstep  | b\n      | stands at READ_ONCE()\n\nTo do");
    }

    @Test
    void whatTasksStandAtIsNoStep() {
        assertThat(message("waitsForever"))
                .containsPattern(
                        " \\| \\.\\. x\\d+ \\(2 steps\\)\n {5} \\| stands at cond_resched\\(\\)\n\nTo do it again");
        assertThat(message("deadlocks"))
                .containsPattern(
                        "\n    2 \\|.*\n {5} \\| waits at spin_lock\\(two\\) +\\|\n {5} \\| +\\| waits at .*\n\nTo");
    }

    @Test
    void dataRaceIsAFailureIfAskedFor() {
        assertThat(message("races"))
                .startsWith("DATA RACE on c1: plain_")
                .contains("value changed: 5 -> 7", "@Explore(races = true, replay = \"2:");
        assertThat(message("racesUnseen")).isEqualTo("passed");
    }

    @Test
    void deadlockShowsWhereTasksWait() {
        assertThat(message("deadlocks")).contains("deadlock", "waits at spin_lock(two)", "waits at spin_lock(one)");
    }

    @Test
    void locksInTwoOrdersAreAFailureIfAskedFor() {
        assertThat(message("mayDeadlock")).startsWith("POTENTIAL DEADLOCK: one -> two -> one");
    }
}
