package org.mmrace.explore.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Ending;
import org.mmrace.explore.race.Watched.Tasks;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;

/** Deadlocks that no execution has run into: tasks run one after the other in all of these. */
class LockGraphTest {
    private final LockGraph graph = new LockGraph();

    private List<PotentialDeadlock> after(Consumer<Tasks> program) {
        Watched.run(
                program,
                new OneAfterAnother(),
                1,
                graph::listener,
                (listener, ending) -> assertThat(ending.how()).isEqualTo(Ending.How.COMPLETE));
        return graph.potentialDeadlocks();
    }

    private static void both(Kernel kernel, Task task, SpinLock first, SpinLock second) {
        kernel.spinLock(task, first);
        kernel.spinLock(task, second);
        kernel.spinUnlock(task, second);
        kernel.spinUnlock(task, first);
    }

    private static SpinLock lock(String name) {
        return new SpinLock(LockClass.PTL, name);
    }

    @Test
    void philosophersMayStarve() {
        List<PotentialDeadlock> found = after(tasks -> {
            List<SpinLock> forks =
                    IntStream.range(0, 3).mapToObj(i -> lock("fork" + i)).toList();
            for (int i = 0; i < 3; i++) {
                SpinLock left = forks.get(i);
                SpinLock right = forks.get((i + 1) % 3);
                tasks.task(task -> both(tasks.kernel, task, left, right));
            }
        });
        assertThat(found).hasSize(1);
        assertThat(found.get(0).title()).isEqualTo("POTENTIAL DEADLOCK: fork0 -> fork1 -> fork2 -> fork0");
        assertThat(found.get(0).toString())
                .contains("a holds fork0 (W) and takes fork1 (W) in both(), behind step 1\n")
                .contains("b holds fork1 (W) and takes fork2 (W) in both(), behind step 5\n");
        assertThat(found.get(0).byClass()).isFalse();
    }

    @Test
    void onePhilosopherWhoTakesTheOtherForkFirstSavesThem() {
        assertThat(after(tasks -> {
                    SpinLock[] forks = {lock("fork0"), lock("fork1"), lock("fork2")};
                    tasks.task(task -> both(tasks.kernel, task, forks[0], forks[1]))
                            .task(task -> both(tasks.kernel, task, forks[1], forks[2]))
                            .task(task -> both(tasks.kernel, task, forks[0], forks[2]));
                }))
                .isEmpty();
    }

    private static Consumer<Tasks> twoOrdersUnder(boolean gateOfA, boolean gateOfB) {
        return tasks -> {
            SpinLock gate = lock("gate");
            SpinLock one = lock("one");
            SpinLock two = lock("two");
            tasks.task(task ->
                    guarded(tasks.kernel, task, gateOfA ? gate : lock("a"), () -> both(tasks.kernel, task, one, two)));
            tasks.task(task ->
                    guarded(tasks.kernel, task, gateOfB ? gate : lock("b"), () -> both(tasks.kernel, task, two, one)));
        };
    }

    private static void guarded(Kernel kernel, Task task, SpinLock gate, Runnable inside) {
        kernel.spinLock(task, gate);
        inside.run();
        kernel.spinUnlock(task, gate);
    }

    @Test
    void gateLockKeepsTheTasksApart() {
        assertThat(after(twoOrdersUnder(true, true))).isEmpty();
    }

    @Test
    void gateLockOfOneTaskIsNone() {
        assertThat(after(twoOrdersUnder(true, false))).hasSize(1);
    }

    @Test
    void gateHeldForReadingIsNone() {
        for (LockMode mode : LockMode.values()) {
            LockGraph each = new LockGraph();
            Watched.run(
                    tasks -> {
                        RwSem gate = new RwSem(LockClass.MMAP, "mmap_lock:mm1");
                        SpinLock one = lock("one");
                        SpinLock two = lock("two");
                        tasks.task(task ->
                                semaphore(tasks.kernel, task, gate, mode, () -> both(tasks.kernel, task, one, two)));
                        tasks.task(task ->
                                semaphore(tasks.kernel, task, gate, mode, () -> both(tasks.kernel, task, two, one)));
                    },
                    new OneAfterAnother(),
                    1,
                    each::listener,
                    (listener, ending) -> {});
            assertThat(each.potentialDeadlocks()).hasSize(mode == LockMode.READ ? 1 : 0);
        }
    }

    private static void semaphore(Kernel kernel, Task task, RwSem lock, LockMode mode, Runnable inside) {
        if (mode == LockMode.READ) {
            kernel.downRead(task, lock);
            inside.run();
            kernel.upRead(task, lock);
        } else {
            kernel.downWrite(task, lock);
            inside.run();
            kernel.upWrite(task, lock);
        }
    }

    @Test
    void sameTaskCannotWaitForItselfInTwoOrders() {
        List<PotentialDeadlock> found = after(tasks -> {
            SpinLock one = lock("one");
            SpinLock two = lock("two");
            tasks.task(task -> {
                both(tasks.kernel, task, one, two);
                both(tasks.kernel, task, two, one);
            });
        });
        assertThat(found).isEmpty();
    }

    private static Consumer<Tasks> readersInTwoOrders(int writers) {
        return tasks -> {
            Kernel kernel = tasks.kernel;
            RwSem one = new RwSem(LockClass.I_MMAP, "one");
            RwSem two = new RwSem(LockClass.I_MMAP, "two");
            tasks.task(task -> semaphore(
                    kernel, task, one, LockMode.READ, () -> semaphore(kernel, task, two, LockMode.READ, () -> {})));
            tasks.task(task -> semaphore(
                    kernel, task, two, LockMode.READ, () -> semaphore(kernel, task, one, LockMode.READ, () -> {})));
            for (int i = 0; i < writers; i++) {
                tasks.task(task -> {
                    semaphore(kernel, task, one, LockMode.WRITE, () -> {});
                    semaphore(kernel, task, two, LockMode.WRITE, () -> {});
                });
            }
        };
    }

    @Test
    void readersPassEachOther() {
        assertThat(after(readersInTwoOrders(0))).isEmpty();
    }

    /** One writer waits at one of the locks, and at the other one the readers pass. */
    @Test
    void oneWriterDoesNotStopReadersAtBothLocks() {
        assertThat(after(readersInTwoOrders(1))).isEmpty();
    }

    @Test
    void readersQueueBehindTwoWriters() {
        List<PotentialDeadlock> found = after(readersInTwoOrders(2));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).toString()).contains("c waits to write two\n").endsWith("d waits to write one");
    }

    @Test
    void readerWithinReaderDeadlocksIfSomebodyWrites() {
        for (boolean writer : new boolean[] {false, true}) {
            LockGraph each = new LockGraph();
            Watched.run(
                    tasks -> {
                        RwSem lock = new RwSem(LockClass.MMAP, "mmap_lock:mm1");
                        tasks.task(task -> semaphore(
                                tasks.kernel,
                                task,
                                lock,
                                LockMode.READ,
                                () -> semaphore(tasks.kernel, task, lock, LockMode.READ, () -> {})));
                        if (writer) {
                            tasks.task(task -> semaphore(tasks.kernel, task, lock, LockMode.WRITE, () -> {}));
                        }
                    },
                    new OneAfterAnother(),
                    1,
                    each::listener,
                    (listener, ending) -> {});
            assertThat(each.potentialDeadlocks()).hasSize(writer ? 1 : 0);
        }
    }

    @Test
    void trylockDoesNotWait() {
        assertThat(after(tasks -> {
                    Kernel kernel = tasks.kernel;
                    RwSem one = new RwSem(LockClass.MMAP, "one");
                    RwSem two = new RwSem(LockClass.I_MMAP, "two");
                    tasks.task(task -> semaphore(
                            kernel,
                            task,
                            one,
                            LockMode.WRITE,
                            () -> semaphore(kernel, task, two, LockMode.WRITE, () -> {})));
                    tasks.task(task -> semaphore(kernel, task, two, LockMode.WRITE, () -> {
                        if (kernel.downReadTrylock(task, one)) {
                            kernel.upRead(task, one);
                        }
                    }));
                }))
                .isEmpty();
    }

    /** Each task has locks of its own: nothing is wrong until two of them meet. */
    @Test
    void classesInTwoOrdersAreReportedOverDifferentLocks() {
        List<PotentialDeadlock> found = after(tasks -> {
            SpinLock ptl1 = new SpinLock(LockClass.PTL, "ptl:1");
            SpinLock pages1 = new SpinLock(LockClass.I_PAGES, "i_pages:1");
            SpinLock ptl2 = new SpinLock(LockClass.PTL, "ptl:2");
            SpinLock pages2 = new SpinLock(LockClass.I_PAGES, "i_pages:2");
            tasks.task(task -> both(tasks.kernel, task, ptl1, pages1))
                    .task(task -> both(tasks.kernel, task, pages2, ptl2));
        });
        assertThat(found).hasSize(1);
        assertThat(found.get(0).byClass()).isTrue();
        assertThat(found.get(0).title()).isEqualTo("POTENTIAL DEADLOCK of lock classes: PTL -> I_PAGES -> PTL");
    }

    /** No single execution has both orders. */
    @Test
    void edgesOfDifferentExecutionsMakeACircle() {
        assertThat(after(tasks -> tasks.task(task -> both(tasks.kernel, task, lock("one"), lock("two")))))
                .isEmpty();
        assertThat(after(tasks ->
                        tasks.task(task -> {}).task(task -> both(tasks.kernel, task, lock("two"), lock("one")))))
                .hasSize(1);
    }
}
