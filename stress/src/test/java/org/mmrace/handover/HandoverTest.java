package org.mmrace.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.check.Invariant;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.failure.FailureFiles;
import org.mmrace.failure.FailureReplay;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.mm.GupFlags;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Slot;
import org.mmrace.stress.StressCampaign;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressListener;
import org.mmrace.stress.StressResult;

class HandoverTest {
    /** Never used up: what these tests look for is found after some hundred executions. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static HandoverResult race;

    @TempDir
    private Path dir;

    /** Looks for the race of B25, which needs an interleaving; the campaign ends in the middle of it. */
    @BeforeAll
    static void findRace() {
        race = new Handover(pinAndFork(Fault.B25), LONG).run();
    }

    private static StressResult pinAndFork(Fault... faults) {
        return Recorded.with(faults)
                .mapped(Operation.STORE, 1, Slot.ANON, 0)
                .does(0, Operation.FORK, 1, Slot.ANON, 0, 0, 0)
                .does(1, Operation.PIN_USER_PAGES_FAST, 1, Slot.ANON, 0, 1, GupFlags.PIN | GupFlags.WRITE)
                .found(Invariant.I20, "GUP of mm1 0x10000: page 75 is pinned, anonymous and not exclusive", 1)
                .result();
    }

    private static HandoverResult.Reproduced reproduced(HandoverResult result) {
        return Objects.requireNonNull(result.reproduced(), () -> HandoverText.sentence(result));
    }

    private void replaysFromItsFile(HandoverResult result) throws IOException, MalformedScenarioException {
        HandoverResult.Reproduced reproduced = reproduced(result);
        Path file = FailureFiles.write(dir, reproduced.failure(), "test");
        FailureReplay replay = FailureReplay.of(ScenarioReader.readFailure(file), "test");
        try (TaskPool pool = new TaskPool()) {
            ControlledRun again = pool.drive(() -> replay.run(pool));
            assertThat(replay.difference(again)).isEmpty();
            assertThat(again.ending().schedule().toString())
                    .isEqualTo(reproduced.failure().schedule().toString());
        }
    }

    @Test
    void aRecordedRaceIsFoundAgainAndReplays() throws IOException, MalformedScenarioException {
        replaysFromItsFile(race);
        assertThat(HandoverText.sentence(race)).startsWith("reproduced under control: I20 by ");
        assertThat(HandoverText.of(race, TraceText.Style.PLAIN)).contains("scenario  stress-7", "schedule  2:");
        assertThat(HandoverText.json(race, "f.fail"))
                .containsEntry("reproduced", true)
                .containsEntry("file", "f.fail")
                .containsKeys("scenario", "schedule", "violation", "strategy");
    }

    @Test
    void theSameLogGivesTheSameScheduleAfterTheSameSearch() {
        HandoverResult other = new Handover(pinAndFork(Fault.B25), LONG).run();
        assertThat(other.executions()).isEqualTo(race.executions());
        assertThat(other.scenarios()).isEqualTo(race.scenarios());
        assertThat(reproduced(other).failure()).isEqualTo(reproduced(race).failure());
    }

    @Test
    void onACorrectKernelItSaysWhatWasTriedAndFindsNothing() {
        HandoverResult result = new Handover(pinAndFork(), Duration.ofMillis(500)).run();
        assertThat(result.reproduced()).isNull();
        assertThat(HandoverText.sentence(result))
                .matches("not reproduced under control: no run of [0-9]+ scenarios? made of the last operations,"
                        + " [0-9 ]+ executions? in [0-9.]+ s broke I20");
        assertThat(HandoverText.json(result, null))
                .containsEntry("reproduced", false)
                .doesNotContainKeys("file", "schedule");
    }

    @Test
    void howeverShortTheTimeOneScenarioIsTried() {
        assertThat(new Handover(pinAndFork(), Duration.ZERO).run().scenarios()).isEqualTo(1);
    }

    @Test
    void itComesToAnEndWhenInterrupted() {
        Handover handover = new Handover(pinAndFork(), Duration.ofDays(1));
        handover.interrupt();
        HandoverResult result = handover.run();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.reproduced()).isNull();
    }

    @Test
    void withoutAViolationThereIsNothingToLookFor() {
        StressConfig config = StressConfig.of(KernelConfig.of(Series.AFTER))
                .threads(1)
                .opsPerThread(10)
                .build();
        StressResult clean = new StressCampaign(config).run(StressListener.NONE);
        assertThatThrownBy(() -> new Handover(clean, LONG)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Campaigns with one worker are the same each time; what they find needs no second one. */
    @ParameterizedTest
    @ValueSource(strings = {"B03", "B09", "B36", "B40", "B67", "B01"})
    void whatACampaignFindsIsFoundAgainAndReplays(String fault) throws IOException, MalformedScenarioException {
        KernelConfig kernel = KernelConfig.of(Series.AFTER).with(Fault.valueOf(fault));
        StressConfig config = StressConfig.of(kernel)
                .threads(1)
                .seed(1)
                .opsPerThread(200_000)
                .epochOps(1_000)
                .build();
        StressResult found = new StressCampaign(config).run(StressListener.NONE);
        replaysFromItsFile(new Handover(found, LONG).run());
    }
}
