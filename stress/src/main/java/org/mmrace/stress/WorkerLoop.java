package org.mmrace.stress;

import java.util.function.BooleanSupplier;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Halted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a worker's thread. */
final class WorkerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

    private final Worker worker;
    private final long opsMax;
    private final EpochBarrier barrier;
    private final BooleanSupplier stopped;
    private final Findings findings;

    WorkerLoop(Worker worker, long opsMax, EpochBarrier barrier, BooleanSupplier stopped, Findings findings) {
        this.worker = worker;
        this.opsMax = opsMax;
        this.barrier = barrier;
        this.stopped = stopped;
        this.findings = findings;
    }

    @Override
    public void run() {
        try {
            work();
            Forker.exit(worker);
            worker.rest();
        } catch (Halted e) {
            LOG.debug("{} unwinds", worker.task());
            worker.abandon(OpResult.HALTED);
        } catch (Bug e) {
            // The log of the kernel has reported it.
            LOG.debug("{} crashed", worker.task(), e);
            worker.abandon(OpResult.BUG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.debug("{} failed", worker.task(), e);
            findings.failed(e);
        } finally {
            barrier.finish();
        }
    }

    private void work() throws InterruptedException {
        long meetings = 0;
        while (!stopped.getAsBoolean() && (opsMax == 0 || worker.done() < opsMax)) {
            if (barrier.isDue(meetings, worker.done())) {
                worker.rest();
                barrier.meet();
                meetings++;
            } else {
                worker.step();
            }
        }
    }
}
