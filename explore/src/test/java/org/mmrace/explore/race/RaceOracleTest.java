package org.mmrace.explore.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskBody;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/**
 * The other definition of a data race, tried on all interleavings of random programs: some execution comes to where two
 * tasks can do their racing accesses at once. It has one if and only if the detector finds one in some execution.
 */
class RaceOracleTest {
    private static final int PROGRAMS = 60;
    private static final int OPERATIONS = 4;

    private final SplittableRandom random = new SplittableRandom(7);

    /** Looks at where all tasks stand, and leaves the decisions to a search. */
    private static final class Meeting implements Strategy {
        private final Strategy search = DepthFirst.all();
        private boolean met;

        @Override
        public void begin() {
            search.begin();
        }

        @Override
        public int pick(Choice choice) {
            return search.pick(choice);
        }

        @Override
        public void step(Choice choice, int picked) {
            search.step(choice, picked);
            for (int i = 0; i < choice.size(); i++) {
                for (int j = 0; j < i; j++) {
                    met |= conflict(choice.enabled(i), choice.enabled(j));
                }
            }
        }

        @Override
        public boolean end() {
            return search.end();
        }

        private static boolean conflict(Step one, Step two) {
            return one.object() instanceof Word
                    && one.object() == two.object()
                    && (one.verb().writes() || two.verb().writes())
                    && (RacingAccess.isPlain(one.verb()) || RacingAccess.isPlain(two.verb()));
        }
    }

    /** What the tasks of one execution share. */
    private static final class Shared {
        final Kernel kernel;
        final Word data = new Word();
        final Word flag = new Word();
        final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        final RwSem semaphore = new RwSem(LockClass.MMAP, "mmap_lock");

        Shared(Kernel kernel) {
            this.kernel = kernel;
        }
    }

    private interface Operation {
        void run(Shared shared, Task task);
    }

    private static final List<Operation> ACCESSES = List.of(
            (shared, task) -> shared.kernel.readPlain(shared.data),
            (shared, task) -> shared.kernel.writePlain(shared.data, 1),
            (shared, task) -> shared.kernel.readOnce(shared.data),
            (shared, task) -> shared.kernel.writeOnce(shared.data, 2));

    private Operation access() {
        return ACCESSES.get(random.nextInt(ACCESSES.size()));
    }

    private Operation operation() {
        Operation inner = access();
        return switch (random.nextInt(7)) {
            case 0 ->
                (shared, task) -> {
                    shared.kernel.spinLock(task, shared.lock);
                    inner.run(shared, task);
                    shared.kernel.spinUnlock(task, shared.lock);
                };
            case 1 ->
                (shared, task) -> {
                    shared.kernel.downRead(task, shared.semaphore);
                    inner.run(shared, task);
                    shared.kernel.upRead(task, shared.semaphore);
                };
            case 2 ->
                (shared, task) -> {
                    shared.kernel.downWrite(task, shared.semaphore);
                    inner.run(shared, task);
                    shared.kernel.upWrite(task, shared.semaphore);
                };
            case 3 ->
                (shared, task) -> {
                    if (shared.kernel.loadAcquire(shared.flag) != 0) {
                        inner.run(shared, task);
                    }
                };
            case 4 ->
                (shared, task) -> {
                    inner.run(shared, task);
                    shared.kernel.storeRelease(shared.flag, 1);
                };
            case 5 -> (shared, task) -> shared.kernel.addReturn(shared.flag, 1);
            default -> inner;
        };
    }

    private List<Operation> body() {
        List<Operation> body = new ArrayList<>();
        int operations = 1 + random.nextInt(OPERATIONS - 1);
        for (int i = 0; i < operations; i++) {
            body.add(operation());
        }
        return body;
    }

    private static boolean detected(List<List<Operation>> program, Meeting strategy, TaskPool pool) {
        boolean found = false;
        do {
            ControlledKernel kernel = new ControlledKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
            Shared shared = new Shared(kernel);
            List<TaskBody> tasks = new ArrayList<>();
            for (List<Operation> body : program) {
                Task task = new Task(tasks.size(), tasks.size(), "t" + tasks.size());
                tasks.add(new TaskBody(task, () -> body.forEach(operation -> operation.run(shared, task))));
            }
            RaceDetector detector = new RaceDetector();
            pool.drive(() -> new Execution(kernel, pool, strategy, Limits.DEFAULT, detector).run(tasks));
            found |= detector.hasRaces();
        } while (strategy.end());
        return found;
    }

    @Test
    void detectorAndMeetingTasksAgree() {
        int racy = 0;
        try (TaskPool pool = new TaskPool()) {
            for (int i = 0; i < PROGRAMS; i++) {
                List<List<Operation>> program = List.of(body(), body());
                Meeting strategy = new Meeting();
                boolean detected = detected(program, strategy, pool);
                assertThat(detected).as("program " + i).isEqualTo(strategy.met);
                racy += detected ? 1 : 0;
            }
        }
        assertThat(racy).isBetween(PROGRAMS / 5, PROGRAMS * 4 / 5);
    }
}
