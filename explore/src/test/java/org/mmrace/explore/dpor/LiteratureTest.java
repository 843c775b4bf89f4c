package org.mmrace.explore.dpor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** The programs by which the papers on partial-order reduction measure it, with the numbers of traces they give. */
class LiteratureTest {
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Exploration<Outcome> explore(int cpus, BiConsumer<ControlledKernel, Tasks> program, Dpor dpor) {
        return new Explorer<>(Subject.of(cpus, program), POOL, Outcome::bad)
                .run(dpor, Plan.exhaustive().goingOn());
    }

    private static void hasTraces(long traces, int cpus, BiConsumer<ControlledKernel, Tasks> program) {
        for (Dpor dpor : List.of(new SourceDpor(), new OptimalDpor())) {
            Exploration<Outcome> shown = explore(cpus, program, dpor);
            assertThat(shown.complete()).isTrue();
            assertThat(dpor.complete() + dpor.deadlocked()).as(dpor.toString()).isEqualTo(traces);
            assertThat(dpor.cut()).isZero();
            assertThat(shown.executions()).isEqualTo(traces + dpor.sleepSetBlocked());
            if (dpor instanceof OptimalDpor) {
                assertThat(dpor.sleepSetBlocked()).isZero();
            }
        }
    }

    /** One writes, all others read. */
    private static BiConsumer<ControlledKernel, Tasks> readersOf(int n) {
        return (kernel, tasks) -> {
            Word x = new Word();
            tasks.add("w", task -> kernel.writeOnce(x, 1));
            for (int i = 0; i < n; i++) {
                tasks.add("r" + i, task -> kernel.readOnce(x));
            }
        };
    }

    @ParameterizedTest(name = "readers({0})")
    @CsvSource({"2", "3", "5", "8"})
    void readers(int n) {
        hasTraces(1L << n, n + 1, readersOf(n));
    }

    /** Flanagan and Godefroid, POPL 2005, figure 1: insertions into a hash table of 128, four of each thread. */
    private static BiConsumer<ControlledKernel, Tasks> indexerOf(int n) {
        return (kernel, tasks) -> {
            WordArray table = new WordArray(128);
            for (int i = 0; i < n; i++) {
                int number = i;
                tasks.add("t" + i, task -> {
                    for (int m = 1; m <= 4; m++) {
                        int message = m * 11 + number;
                        int h = message * 7 % 128;
                        while (!kernel.cmpxchg(table, h, 0, message)) {
                            h = (h + 1) % 128;
                        }
                    }
                });
            }
        };
    }

    @ParameterizedTest(name = "indexer({0}): {1}")
    @CsvSource({"11, 1", "12, 8", "13, 64", "14, 512"})
    void indexer(int n, long traces) {
        hasTraces(traces, n, indexerOf(n));
    }

    @Test
    void indexerOfFifteen() {
        OptimalDpor dpor = new OptimalDpor();
        explore(15, indexerOf(15), dpor);
        assertThat(dpor.complete()).isEqualTo(4096);
    }

    /** Abdulla et al., POPL 2014, figure 4: one looks for the last zero, the others each set one element. */
    private static BiConsumer<ControlledKernel, Tasks> lastZeroOf(int n) {
        return (kernel, tasks) -> {
            WordArray array = new WordArray(n + 1);
            tasks.add("t0", task -> {
                int i = n;
                while (kernel.readOnce(array, i) != 0) {
                    i--;
                }
            });
            for (int i = 1; i <= n; i++) {
                int number = i;
                tasks.add("t" + i, task -> kernel.writeOnce(array, number, kernel.readOnce(array, number - 1) + 1));
            }
        };
    }

    @ParameterizedTest(name = "lastzero({0}): {1}")
    @CsvSource({"5, 64", "10, 3328"})
    void lastZero(int n, long traces) {
        hasTraces(traces, n + 1, lastZeroOf(n));
    }

    private static SpinLock[] locks(int n) {
        SpinLock[] locks = new SpinLock[n];
        Arrays.setAll(locks, i -> new SpinLock(LockClass.PTL, "l" + i));
        return locks;
    }

    /** Flanagan and Godefroid, POPL 2005, figure 2: threads make inodes, and look for a free block if there is none. */
    private static BiConsumer<ControlledKernel, Tasks> fileSystemOf(int n) {
        return (kernel, tasks) -> {
            SpinLock[] inodeLocks = locks(32);
            SpinLock[] blockLocks = locks(26);
            WordArray inodes = new WordArray(32);
            WordArray busy = new WordArray(26);
            for (int t = 0; t < n; t++) {
                int i = t % 32;
                tasks.add("t" + t, task -> {
                    kernel.spinLock(task, inodeLocks[i]);
                    if (kernel.readOnce(inodes, i) == 0) {
                        allocate(kernel, task, blockLocks, busy, inodes, i);
                    }
                    kernel.spinUnlock(task, inodeLocks[i]);
                });
            }
        };
    }

    private static void allocate(
            ControlledKernel kernel, Task task, SpinLock[] blockLocks, WordArray busy, WordArray inodes, int i) {
        boolean found = false;
        for (int b = i * 2 % 26; !found; b = (b + 1) % 26) {
            kernel.spinLock(task, blockLocks[b]);
            if (kernel.readOnce(busy, b) == 0) {
                kernel.writeOnce(busy, b, 1);
                kernel.writeOnce(inodes, i, b + 1);
                found = true;
            }
            kernel.spinUnlock(task, blockLocks[b]);
        }
    }

    @ParameterizedTest(name = "filesystem({0}): {1}")
    @CsvSource({"13, 1", "14, 2", "16, 8", "18, 32", "19, 64"})
    void fileSystem(int n, long traces) {
        hasTraces(traces, n, fileSystemOf(n));
    }

    static Stream<Arguments> philosophers() {
        return Stream.of(2, 3, 4).flatMap(n -> Stream.of(Arguments.of(n, true), Arguments.of(n, false)));
    }

    /** Each takes the left fork and then the right one; if one of them is left-handed they cannot all starve. */
    @ParameterizedTest(name = "{0} philosophers, one left-handed: {1}")
    @MethodSource("philosophers")
    void philosophers(int n, boolean leftHanded) {
        for (Dpor dpor : List.of(new SourceDpor(), new OptimalDpor())) {
            Exploration<Outcome> shown = explore(
                    n,
                    (kernel, tasks) -> {
                        SpinLock[] forks = locks(n);
                        for (int i = 0; i < n; i++) {
                            boolean swap = leftHanded && i == 0;
                            SpinLock first = forks[swap ? (i + 1) % n : i];
                            SpinLock second = forks[swap ? i : (i + 1) % n];
                            tasks.add("p" + i, task -> {
                                kernel.spinLock(task, first);
                                kernel.spinLock(task, second);
                                kernel.spinUnlock(task, second);
                                kernel.spinUnlock(task, first);
                            });
                        }
                    },
                    dpor);
            assertThat(shown.complete()).isTrue();
            assertThat(dpor.deadlocked()).isEqualTo(leftHanded ? 0 : 1);
            assertThat(shown.bad()).isEqualTo(dpor.deadlocked() + dpor.sleepSetBlocked());
        }
    }
}
