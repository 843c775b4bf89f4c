package org.mmrace.workers;

import java.util.concurrent.CountDownLatch;

/** A child for tests, told what to do by its first argument; its seat is the second one. */
final class WorkerProgram {
    private WorkerProgram() {}

    /** Works, finds, dies, talks nonsense, or waits for the parent. */
    public static void main(String[] arguments) throws InterruptedException {
        WorkerSeat seat = WorkerSeat.parse(arguments[1]);
        CountDownLatch enough = new CountDownLatch(1);
        WorkerLine line = WorkerLine.open(enough::countDown);
        line.report(new WorkerReport(10, 100, false, null));
        switch (arguments[0]) {
            case "works" -> line.report(new WorkerReport(20, 200, true, null));
            case "finds" -> {
                String schedule = "2:" + "abcd".charAt(seat.number());
                line.report(new WorkerReport(15, 150, true, new WorkerFind("random walk", 15, schedule)));
                System.exit(1);
            }
            case "dies" -> {
                System.err.println("out of luck");
                Runtime.getRuntime().halt(7);
            }
            case "waits" -> {
                enough.await();
                line.report(new WorkerReport(30, 300, true, null));
            }
            default -> System.out.println("nonsense");
        }
    }
}
