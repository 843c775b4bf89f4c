package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.kernel.Halted;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;

class WatchdogTest {
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(10), operations::get, now::get);

    private void seconds(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void isPatientAsLongAsSomethingCompletes() {
        for (int i = 0; i < 5; i++) {
            seconds(9);
            operations.incrementAndGet();
            assertThat(watchdog.barks()).isFalse();
        }
        seconds(10);
        assertThat(watchdog.barks()).isFalse();
        seconds(1);
        assertThat(watchdog.barks()).isTrue();
    }

    @Test
    void doesNotCountTheTimeInWhichNothingWasToComplete() {
        seconds(60);
        watchdog.rested();
        assertThat(watchdog.barks()).isFalse();
    }

    @Test
    @Timeout(60)
    void namesADeadlock() throws InterruptedException {
        NativeKernel kernel = new NativeKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        RwSem left = new RwSem(LockClass.MMAP, "left");
        RwSem right = new RwSem(LockClass.MMAP, "right");
        Task one = new Task(0, 0, "one");
        Task two = new Task(1, 1, "two");
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        Thread first = crossing(kernel, one, left, right, bothHoldOne);
        Thread second = crossing(kernel, two, right, left, bothHoldOne);
        while (one.waitingFor() == null || two.waitingFor() == null) {
            Thread.onSpinWait();
        }
        Map<Task, String> doing = new LinkedHashMap<>();
        doing.put(one, "munmap");
        doing.put(two, "fork");
        Violation violation = Watchdog.report(doing, System.nanoTime());
        kernel.halt();
        first.join();
        second.join();
        assertThat(violation.invariant()).isEqualTo(Invariant.I32);
        assertThat(violation.message())
                .startsWith("deadlock: one waits for two waits for one; ")
                .contains("one (munmap) holds left (W), waits for right since ")
                .contains("held by two (W)")
                .contains("two (fork) holds right (W), waits for left since ");
    }

    private static Thread crossing(
            NativeKernel kernel, Task task, RwSem first, RwSem second, CountDownLatch bothHoldOne) {
        Thread thread = new Thread(() -> {
            try {
                kernel.downWrite(task, first);
                bothHoldOne.countDown();
                bothHoldOne.await();
                kernel.downWrite(task, second);
            } catch (Halted | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void saysWhenNobodyWaitsForAnybody() {
        Violation violation = Watchdog.report(Map.of(new Task(0, 0, "one"), "load"), 0);
        assertThat(violation.message())
                .isEqualTo("no operation completes any more; one (load) holds nothing, waits for no lock");
    }
}
