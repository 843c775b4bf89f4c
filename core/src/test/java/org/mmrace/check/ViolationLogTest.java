package org.mmrace.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.kernel.Task;

class ViolationLogTest {
    private final ViolationLog log = new ViolationLog(2);
    private final Violation first = new Violation(Invariant.I04, "first", new Task(0, 0, "task0"));

    @Test
    void keepsTheFirstAndCountsAll() {
        assertThat(log.isEmpty()).isTrue();
        log.violated(first);
        log.violated(new Violation(Invariant.I04, "second", null));
        log.violated(new Violation(Invariant.I01, "third", null));
        assertThat(log.kept()).extracting(Violation::message).containsExactly("first", "second");
        assertThat(log.counts()).containsEntry(Invariant.I04, 2L).containsEntry(Invariant.I01, 1L);
    }

    @Test
    void countsFromManyThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 1000; n++) {
                    log.violated(first);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(log.counts()).containsEntry(Invariant.I04, 8000L);
        assertThat(log.kept()).hasSize(2);
    }

    @Test
    void readsAsASentence() {
        assertThat(first).hasToString("I04: first (by task0)");
        assertThat(new Violation(Invariant.I01, "x", null)).hasToString("I01: x (at rest)");
        assertThat(first.withEvents(List.of("a", "b")).lastEvents()).containsExactly("a", "b");
    }
}
