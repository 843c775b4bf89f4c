package org.mmrace.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Halted;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Noise;
import org.mmrace.op.SetupFailedException;
import org.mmrace.script.ScenarioRun;
import org.mmrace.script.Verdict;
import org.mmrace.stress.Watchdog;

/**
 * Runs one scenario as often as it is told: one thread for each task, or one thread for all tasks one after the other.
 * Each run has a fresh machine. The first thread also makes the machines and looks at what came out; the thread that
 * calls {@link #run} watches.
 */
public final class ScenarioRunner {
    private static final long POLL_MILLIS = 20;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long UNWIND_MILLIS = 2_000;

    /** A task takes some hundred steps; most runs are to be without a sleep, some with one in the middle. */
    private static final int STEPS_PER_SLEEP = 400;

    /** Offsets up to 2^this turns: tasks are between one and some hundred microseconds long. */
    private static final int OFFSET_BITS = 13;

    private static final int SPINS = 1_000;
    private static final int YIELDS = 20_000;
    private static final long SLEEP_NANOS = 50_000;

    private final RunRequest request;
    private final RunTally tally;
    private final Noise noise;
    private final SplittableRandom random;
    private final AtomicReference<@Nullable Round> latest = new AtomicReference<>();
    private volatile boolean untilBad;
    private volatile boolean stopped;
    private volatile boolean interrupted;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable String diverged;

    /** A runner; it does nothing before {@link #run}. */
    public ScenarioRunner(RunRequest request) {
        this.request = request;
        this.tally = new RunTally(request.scenario());
        this.noise = request.threads() ? new Noise(STEPS_PER_SLEEP, request.seed()) : Noise.NONE;
        this.random = new SplittableRandom(request.seed());
    }

    /** From now on the first run that is not clean is the last one. */
    public ScenarioRunner untilBad() {
        untilBad = true;
        return this;
    }

    /** Tells it to come to an end at once; the run that is under way does not count. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
        stopped = true;
        Round round = latest.get();
        if (round != null) {
            round.abandon();
        }
    }

    /**
     * Runs until the time or the number of runs is reached, or the machine gets stuck.
     *
     * @throws SetupFailedException when what the scenario declares is refused by this kernel
     * @throws IllegalStateException when the tool failed
     */
    public RunResult run(RunProgress.Listener listener) {
        long start = System.nanoTime();
        int threads = request.threads() ? Math.max(1, request.scenario().tasks().size()) : 1;
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int me = i;
            Thread thread = new Thread(i == 0 ? () -> lead(start) : () -> follow(me), "task-" + i);
            thread.setDaemon(true);
            all.add(thread);
        }
        all.forEach(Thread::start);
        try {
            supervise(all.get(0), start, listener);
        } catch (InterruptedException e) {
            interrupt();
            Thread.currentThread().interrupt();
        }
        stopped = true;
        Throwable cause = failure;
        if (cause instanceof SetupFailedException refused) {
            throw refused;
        }
        if (cause != null) {
            throw new IllegalStateException("a task failed: " + cause, cause);
        }
        return tally.result(request, Duration.ofNanos(System.nanoTime() - start), interrupted, diverged);
    }

    private void supervise(Thread leader, long start, RunProgress.Listener listener) throws InterruptedException {
        long runs = 0;
        long lastChange = System.nanoTime();
        while (leader.isAlive()) {
            leader.join(POLL_MILLIS);
            long now = System.nanoTime();
            if (tally.runs() != runs) {
                runs = tally.runs();
                lastChange = now;
            }
            listener.progress(new RunProgress(Duration.ofNanos(now - start), runs, tally.bad()));
            if (interrupted) {
                leader.join(UNWIND_MILLIS);
                return;
            }
            Round round = latest.get();
            if (round != null && now - lastChange > PATIENCE_NANOS) {
                stopped = true;
                round.run().violated(Watchdog.report(round.doing(), now));
                round.halt();
                leader.join(UNWIND_MILLIS);
                if (leader.isAlive()) {
                    tally.add(round.run().abandon());
                }
                return;
            }
        }
    }

    /** The life of the first thread. */
    private void lead(long start) {
        try {
            do {
                Verdict verdict = followsScript() ? scripted() : once();
                if (verdict == null) {
                    return;
                }
                tally.add(verdict);
            } while (!stopped
                    && !(untilBad && tally.bad() > 0)
                    && tally.runs() < request.runsMax()
                    && System.nanoTime() - start < request.time().toNanos());
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            stopped = true;
        }
    }

    private boolean followsScript() {
        return request.isScripted() && diverged == null;
    }

    /** One run as the scenario says; if this kernel cannot run so, one task after the other. */
    private @Nullable Verdict scripted() {
        try (TaskPool pool = new TaskPool()) {
            ScriptedInterleaving script =
                    new ScriptedInterleaving(request.scenario().interleaving());
            return ControlledRun.of(request.scenario(), request.config(), pool, script)
                    .verdict();
        } catch (DivergedException e) {
            diverged = e.getMessage();
            return once();
        }
    }

    /** One run; null if it was interrupted, or a task failed in a way that no simulated kernel does. */
    private @Nullable Verdict once() {
        List<NativeKernel> booted = new ArrayList<>(1);
        ScenarioRun run = new ScenarioRun(request.scenario(), request.config(), watch -> {
            NativeKernel kernel = new NativeKernel(watch.cpus(), watch.log(), watch.locks(), watch.retries(), noise);
            booted.add(kernel);
            return kernel;
        });
        run.setup();
        Round round = new Round(
                run, booted.get(0), offsets(), random.nextInt(run.tasks().size()));
        latest.set(round);
        if (interrupted) { // interrupt() may have seen the round before this one
            return null;
        }
        if (request.threads()) {
            round.play(0);
            round.awaitEnd();
        } else {
            round.playAll();
        }
        if (round.abandoned()) {
            return null;
        }
        failure = round.failure();
        if (failure != null) {
            return null;
        }
        Verdict verdict = verdict(round);
        return round.abandoned() ? null : verdict; // a machine that is switched off half-way proves nothing
    }

    private static Verdict verdict(Round round) {
        ScenarioRun run = round.run();
        try {
            return round.halted() ? run.abandon() : run.finish();
        } catch (Halted | Bug e) {
            return run.abandon();
        }
    }

    /** Evenly over all orders of magnitude, so that short tasks meet as well as long ones. */
    private int[] offsets() {
        int[] offsets = new int[request.scenario().tasks().size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = random.nextInt(1 << random.nextInt(OFFSET_BITS + 1));
        }
        return offsets;
    }

    /** The life of the other threads. */
    private void follow(int me) {
        Round played = null;
        int turn = 0;
        while (!stopped) {
            Round round = latest.get();
            if (round == null || round == played) {
                relax(turn++);
            } else {
                round.play(me);
                played = round;
                turn = 0;
            }
        }
    }

    /** The leader needs its CPU while it makes the next machine. */
    private static void relax(int turn) {
        if (turn < SPINS) {
            Thread.onSpinWait();
        } else if (turn < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(SLEEP_NANOS);
        }
    }
}
