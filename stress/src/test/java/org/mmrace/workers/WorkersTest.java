package org.mmrace.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mmrace.workers.Workers.Merged;
import org.mmrace.workers.Workers.OwnWork;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Counts add up, the first find ends everything, and a lost child costs no more than what it had not said. */
@Timeout(60)
class WorkersTest {
    private static final WorkerReport OWN = new WorkerReport(5, 50, true, null);

    /** On the class path of these tests, which that of the JVM need not be. */
    private static List<String> child(String what, WorkerSeat seat) {
        List<String> command = JavaCommand.again(WorkerProgram.class.getName(), List.of(what, seat.toString()));
        String classPath = Stream.of(
                        WorkerProgram.class,
                        WorkerLine.class,
                        JsonMapper.class,
                        JacksonException.class,
                        JsonProperty.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.set(1 + command.indexOf("-cp"), classPath);
        return command;
    }

    /** Ends at once. */
    private static OwnWork ends(WorkerReport last) {
        return new OwnWork() {
            @Override
            public WorkerReport run(Consumer<WorkerReport> soFar) {
                soFar.accept(new WorkerReport(1, 1, false, null));
                return last;
            }

            @Override
            public void interrupt() {
                // it has ended
            }
        };
    }

    /** Goes on until it is interrupted. */
    private static OwnWork goesOn() {
        CountDownLatch enough = new CountDownLatch(1);
        return new OwnWork() {
            @Override
            public WorkerReport run(Consumer<WorkerReport> soFar) {
                try {
                    enough.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return OWN;
            }

            @Override
            public void interrupt() {
                enough.countDown();
            }
        };
    }

    @Test
    void countsAddUpAndLostChildrenAreNamed() {
        List<Long> heard = new ArrayList<>();
        List<String> parts = List.of("works", "dies", "talks");
        Merged merged = new Workers(4, ends(OWN), seat -> child(parts.get(seat.number() - 1), seat))
                .run((executions, steps) -> heard.add(executions));
        assertThat(merged)
                .isEqualTo(new Merged(
                        5 + 20 + 10 + 10,
                        50 + 200 + 100 + 100,
                        null,
                        0,
                        List.of(
                                "worker 2/4 ended with exit code 7, its last words: out of luck",
                                "worker 3/4 ended with exit code 0, its last words: no report of a worker: nonsense")));
        assertThat(heard).startsWith(1L).endsWith(45L).isSorted();
    }

    @Test
    void oneWorkerNeedsNoChild() {
        Merged merged = new Workers(1, ends(OWN), seat -> List.of()).run((executions, steps) -> {});
        assertThat(merged).isEqualTo(new Merged(5, 50, null, 0, List.of()));
    }

    @Test
    void firstFindOfAChildEndsAll() {
        Merged merged = new Workers(3, goesOn(), seat -> child(seat.number() == 2 ? "finds" : "waits", seat))
                .run((executions, steps) -> {});
        assertThat(merged.found()).isEqualTo(new WorkerFind("random walk", 15, "2:c"));
        assertThat(merged.foundBy()).isEqualTo(2);
        assertThat(merged.lost()).isEmpty();
        assertThat(merged.executions()).isBetween(15L + 5, 15L + 5 + 30);
    }

    @Test
    void ownFindEndsTheChildren() {
        WorkerFind find = new WorkerFind("POS", 5, "2:a");
        AtomicLong together = new AtomicLong();
        OwnWork findsWhenTheChildHasBegun = new OwnWork() {
            @Override
            public WorkerReport run(Consumer<WorkerReport> soFar) {
                while (together.get() < 4 + 10) {
                    soFar.accept(new WorkerReport(4, 40, false, null));
                }
                return new WorkerReport(5, 50, true, find);
            }

            @Override
            public void interrupt() {
                // it ends by itself
            }
        };
        Merged merged = new Workers(2, findsWhenTheChildHasBegun, seat -> child("waits", seat))
                .run((executions, steps) -> together.set(executions));
        assertThat(merged).isEqualTo(new Merged(35, 350, find, 0, List.of()));
    }

    /** It would be waited for, and called lost. */
    @Test
    void ownFindEndsAChildThatHasNotBegunAtOnce() {
        WorkerFind find = new WorkerFind("POS", 5, "2:a");
        Merged merged = new Workers(2, ends(new WorkerReport(5, 50, true, find)), seat -> List.of("sleep", "600"))
                .run((executions, steps) -> {});
        assertThat(merged).isEqualTo(new Merged(5, 50, find, 0, List.of()));
    }

    @Test
    void childThatCannotStartIsLost() {
        Merged merged = new Workers(2, ends(OWN), seat -> List.of("/no/such/program")).run((executions, steps) -> {});
        assertThat(merged.executions()).isEqualTo(5);
        assertThat(merged.lost()).singleElement().asString().startsWith("worker 1/2 could not be started: ");
    }

    @Test
    void interruptEndsAll() {
        Workers workers = new Workers(2, goesOn(), seat -> child("waits", seat));
        workers.interrupt();
        Merged merged = workers.run((executions, steps) -> {});
        assertThat(merged.found()).isNull();
    }

    @Test
    void seatsHaveSeedsOfTheirOwnAndSharesThatAddUp() {
        assertThat(WorkerSeat.ALONE.seed(42)).isEqualTo(42);
        assertThat(new WorkerSeat(1, 3).seed(42))
                .isNotEqualTo(new WorkerSeat(2, 3).seed(42))
                .isNotEqualTo(42);
        assertThat(new WorkerSeat(0, 3).share(11)).isEqualTo(4);
        assertThat(new WorkerSeat(1, 3).share(11)).isEqualTo(4);
        assertThat(new WorkerSeat(2, 3).share(11)).isEqualTo(3);
        assertThat(WorkerSeat.parse("2/3")).isEqualTo(new WorkerSeat(2, 3)).hasToString("2/3");
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerSeat.parse("3/3"));
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerSeat.parse("2"));
    }

    @Test
    void reportsTravel() {
        for (WorkerReport report : List.of(OWN, new WorkerReport(1, 2, false, new WorkerFind("a", 3, "2:a=1")))) {
            assertThat(WorkerReport.parse(report.toJson())).isEqualTo(report);
        }
        for (String line : List.of("", "[]", "{}", "{\"t\":\"worker\"}", "x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WorkerReport.parse(line))
                    .withMessage("no report of a worker: " + line);
        }
    }
}
