package org.mmrace.stress;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.check.Invariant;
import org.mmrace.check.QuiescentAudit;
import org.mmrace.check.Violation;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Halted;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of many operations on real threads. The thread that calls {@link #run} counts the time, recounts everything
 * at each epoch, and notices when nothing goes on; the workers do the rest.
 */
public final class StressCampaign {
    private static final Logger LOG = LoggerFactory.getLogger(StressCampaign.class);
    private static final long POLL_MILLIS = 50;
    private static final long UNWIND_MILLIS = 2_000;
    private static final int RESTART_EPOCHS = 8;

    private final StressConfig config;
    private final Findings findings = new Findings();
    private final EpochBarrier barrier;
    private volatile boolean stopped;
    private volatile boolean interrupted;
    private long epochs;
    private long audits;

    /** A campaign; it does nothing before {@link #run}. */
    public StressCampaign(StressConfig config) {
        this.config = config;
        this.barrier = new EpochBarrier(config.threads(), config.opsPerThread() == 0 ? 0 : config.epochOps());
    }

    /** Tells it to come to an end soon and in order; any thread may call this. */
    public void interrupt() {
        interrupted = true;
        stopped = true;
    }

    /** Runs it to its end, or to the first violation. */
    public StressResult run(StressListener listener) {
        HeapPeak heap = new HeapPeak();
        World world = new World(config, findings);
        findings.onFound(() -> {
            stopped = true;
            world.kernel().halt();
            barrier.open();
        });
        long start = System.nanoTime();
        Ticker ticker = new Ticker(config, world, listener, start);
        for (Worker worker : world.workers()) {
            Thread thread = new Thread(
                    new WorkerLoop(worker, config.opsPerThread(), barrier, () -> stopped, findings),
                    worker.task().toString());
            thread.setDaemon(true);
            thread.start();
        }
        try {
            supervise(world, ticker, heap);
        } catch (InterruptedException e) {
            interrupt();
            Thread.currentThread().interrupt();
        } catch (Halted | Bug e) {
            LOG.debug("the machine is off", e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return result(world, elapsed, heap);
    }

    private void supervise(World world, Ticker ticker, HeapPeak heap) throws InterruptedException {
        Watchdog watchdog = new Watchdog(Watchdog.PATIENCE, () -> operations(world), System::nanoTime);
        QuiescentAudit audit = new QuiescentAudit(world.machine().platform());
        while (!stopped && !barrier.allFinished()) {
            boolean met = config.opsPerThread() > 0 ? barrier.awaitAll(POLL_MILLIS) : meetByTime(ticker);
            if (met && !barrier.allFinished() && !findings.stopped()) {
                recount(world, audit);
                epochs++;
                if (epochs % RESTART_EPOCHS == 0) {
                    int next = (int) (epochs / RESTART_EPOCHS % world.processCount());
                    world.restart(next, world.workers().get(0).task());
                }
                watchdog.rested();
                if (ticker.isOver()) {
                    stopped = true;
                }
                barrier.release();
            }
            heap.sample();
            ticker.tick(epochs, findings);
            if (watchdog.barks()) {
                findings.violated(Watchdog.report(doing(world), System.nanoTime()));
            }
        }
        barrier.open();
        end(world, audit, watchdog);
    }

    private boolean meetByTime(Ticker ticker) throws InterruptedException {
        if (ticker.isEpochOver()) {
            barrier.ask();
        }
        return barrier.awaitAll(Math.min(POLL_MILLIS, Math.max(1, ticker.millisToEpoch())));
    }

    private void end(World world, QuiescentAudit audit, Watchdog watchdog) throws InterruptedException {
        watchdog.rested();
        long unwindUntil = System.nanoTime() + UNWIND_MILLIS * 1_000_000;
        while (!barrier.awaitFinished(POLL_MILLIS)) {
            if (findings.stopped() && System.nanoTime() > unwindUntil) {
                LOG.debug("not all workers have unwound");
                return;
            }
            if (watchdog.barks()) {
                findings.violated(Watchdog.report(doing(world), System.nanoTime()));
            }
        }
        if (!findings.stopped()) {
            Task task = world.workers().get(0).task();
            recount(world, audit);
            world.tearDown(task);
            audit.run(List.of(), world.files(), world.tasks()).forEach(findings::violated);
            audits++;
            findLeaks(world);
        }
    }

    private void recount(World world, QuiescentAudit audit) {
        audit.run(world.mms(), world.files(), world.tasks()).forEach(findings::violated);
        audits++;
    }

    /** Nothing is mapped, held or owned any more: every frame but the zeropage must be free. */
    private void findLeaks(World world) {
        Memory memory = world.machine().platform().memory();
        for (int pfn = 0; pfn < memory.frames(); pfn++) {
            Page page = memory.page(pfn);
            if (page != null && !Memory.isZero(pfn)) {
                long ref = world.machine().platform().folios().refCount(page);
                if (ref != 0) {
                    findings.violated(
                            new Violation(Invariant.I10, page + " still has count " + ref + " in the end", null));
                }
            }
        }
    }

    private static long operations(World world) {
        long sum = 0;
        for (Worker worker : world.workers()) {
            sum += worker.done();
        }
        return sum;
    }

    private static Map<Task, String> doing(World world) {
        Map<Task, String> doing = new LinkedHashMap<>();
        long now = System.nanoTime();
        for (Worker worker : world.workers()) {
            doing.put(worker.task(), worker.log().last(now));
        }
        return doing;
    }

    private StressResult result(World world, Duration elapsed, HeapPeak heap) {
        Tally tally = new Tally();
        world.workers().forEach(worker -> tally.add(worker.tally()));
        Map<String, List<LoggedOperation>> lastOperations = new LinkedHashMap<>();
        if (findings.stopped()) {
            long now = findings.foundNanos();
            for (Worker worker : world.workers()) {
                lastOperations.put(worker.task().toString(), worker.log().operations(now));
            }
        }
        return new StressResult(
                config,
                elapsed,
                tally.counts(),
                tally.latencies(),
                epochs,
                audits,
                world.machine()
                        .platform()
                        .folios()
                        .refCount(world.machine().platform().memory().zeroPage()),
                heap.peakBytes(),
                heap.liveBytes(),
                findings.violations(),
                findings.counts(),
                lastOperations,
                findings.stopped() ? MemoryState.of(world) : MemoryState.NONE,
                interrupted,
                findings.failure());
    }
}
