package org.mmrace.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.choose.Coverage;
import org.mmrace.workers.WorkerSeat;

class SharedHuntTest {
    @Test
    void onlyTheFirstWorkerDoesWhatDrawsNoLots() throws Exception {
        HuntRequest request = HuntTest.request(HuntTest.SCENARIOS.resolve("B53.scn"), true, "portfolio", 10);
        assertThat(request.at(new WorkerSeat(0, 2)).lotsOnly()).isFalse();
        assertThat(request.at(new WorkerSeat(1, 2)).lotsOnly()).isTrue();
        assertThat(request.at(new WorkerSeat(1, 2)).budget().executionsMax()).isEqualTo(5);
        assertThat(request.at(WorkerSeat.ALONE).lotsOnly()).isFalse();
    }

    @Test
    void eachWorkerHasASeedAndAShareOfItsOwn() throws Exception {
        HuntRequest whole = HuntTest.request(HuntTest.SCENARIOS.resolve("S01.scn"), false, "random", 11);
        HuntRequest first = whole.at(new WorkerSeat(0, 2));
        HuntRequest second = whole.at(new WorkerSeat(1, 2));
        assertThat(first.seed()).isEqualTo(whole.seed());
        assertThat(second.seed()).isNotEqualTo(whole.seed());
        assertThat(first.budget().executionsMax() + second.budget().executionsMax())
                .isEqualTo(11);
    }

    @Test
    void whatAnotherWorkerFoundIsRunHere() throws Exception {
        HuntResult alone = HuntTest.run(HuntTest.SCENARIOS.resolve("B25.scn"), true, "portfolio", 5_000);
        HuntRequest request = HuntTest.request(HuntTest.SCENARIOS.resolve("B25.scn"), true, "pb:0", 1_000_000);
        String report = SharedHunt.report(alone).toJson();
        List<String> child = List.of("sh", "-c", "echo '" + report + "'; cat >/dev/null");
        SharedHunt.Shared shared = new SharedHunt(request, 2, seat -> child, HuntListener.NONE).run();
        assertThat(shared.lost()).isEmpty();
        assertThat(HuntTest.found(shared.result()).verdict().broken())
                .isEqualTo(HuntTest.found(alone).verdict().broken());
        assertThat(shared.result().request().seed()).isEqualTo(new WorkerSeat(1, 2).seed(7));
    }

    /** The other worker would go on for ever. */
    @Test
    void aProofOfTheFirstWorkerEndsTheOthers() throws Exception {
        HuntRequest request =
                HuntTest.request(HuntTest.SCENARIOS.resolve("S03.scn"), false, "portfolio", Long.MAX_VALUE);
        HuntResult result = new SharedHunt(request, 2, seat -> List.of("cat"), HuntListener.NONE)
                .run()
                .result();
        assertThat(result.shown()).isEqualTo(Coverage.ALL);
        assertThat(result.proved()).isEqualTo("all 3 traces, complete, no violation");
    }

    @Test
    void executionsOfWorkersThatDrewNoLotsSayNothingAboutTheNextOne() throws Exception {
        HuntRequest request = HuntTest.request(HuntTest.SCENARIOS.resolve("S06.scn"), false, "portfolio", 20);
        HuntResult result = new SharedHunt(request, 2, seat -> List.of("true"), HuntListener.NONE)
                .run()
                .result();
        assertThat(result.proved())
                .isEqualTo("10 executions of 2 workers, no violation; says nothing about other schedules");
    }
}
