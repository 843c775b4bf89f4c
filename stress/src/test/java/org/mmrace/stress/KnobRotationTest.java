package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;
import org.mmrace.fault.TableFree;
import org.mmrace.fault.VmaLockStyle;

class KnobRotationTest {
    private static final StressConfig WHOLE = StressConfig.of(KernelConfig.of(Series.AFTER))
            .duration(Duration.ofMinutes(16))
            .seed(7)
            .threads(3)
            .build();

    private static final class Lines implements RotatedCampaign.Listener {
        final List<String> lines = new ArrayList<>();

        @Override
        public StressListener begins(KnobRotation.Turn turn) {
            return StressListener.NONE;
        }

        @Override
        public void ended(RotatedCampaign.Ended turn) {
            lines.add(StressText.turn(lines.size() + 1, 3, turn));
        }
    }

    @Test
    void everyTurnIsAnotherKernelAndHasItsShareOfTheTime() {
        KnobRotation rotation = KnobRotation.of(WHOLE, Set.of(), KnobRotation.MAX);
        List<KnobRotation.Turn> turns = rotation.turns();
        assertThat(rotation.skipped()).isEmpty();
        assertThat(turns).hasSizeGreaterThanOrEqualTo(12);
        assertThat(turns).extracting(turn -> turn.config().kernel()).doesNotHaveDuplicates();
        assertThat(turns).extracting(turn -> turn.config().duration()).containsOnly(Duration.ofMinutes(1));
        assertThat(turns).extracting(turn -> turn.config().threads()).containsOnly(3);
        assertThat(turns.get(0).name()).isEqualTo("defaults");
        assertThat(turns.get(2).name()).isEqualTo("vmaLock=REFCNT");
        assertThat(turns.get(2).config().kernel().vmaLock()).isEqualTo(VmaLockStyle.REFCNT);
    }

    @Test
    void refusesWhatThereIsNot() {
        assertThatThrownBy(() -> KnobRotation.of(WHOLE, Set.of(), 0))
                .hasMessage("rotate must be between 1 and 16, not 0");
        assertThatThrownBy(() -> KnobRotation.of(WHOLE, Set.of(), 17))
                .hasMessage("rotate must be between 1 and 16, not 17");
    }

    @Test
    void knobsThatTheUserHasSetStayAsTheyAre() {
        KernelConfig ipi = Knobs.set(WHOLE.kernel(), Map.of("tableFree", "IPI"));
        KnobRotation rotation = KnobRotation.of(StressConfig.of(ipi).build(), Set.of("tableFree"), KnobRotation.MAX);
        assertThat(rotation.turns())
                .extracting(turn -> turn.config().kernel().tableFree())
                .containsOnly(TableFree.IPI);
        assertThat(rotation.turns()).extracting(turn -> turn.config().kernel()).doesNotHaveDuplicates();
        assertThat(rotation.skipped())
                .contains("no turn with tableFree=IPI: it is that with defaults")
                .anySatisfy(why -> assertThat(why).startsWith("no turn with ptReclaim=true: "))
                .anySatisfy(why -> assertThat(why).startsWith("no turn with tlbStyle=BROADCAST: "));
        assertThat(rotation.turns().size() + rotation.skipped().size()).isEqualTo(KnobRotation.MAX);
    }

    @Test
    void theTimeIsSharedByTheTurnsThatThereAre() {
        KernelConfig soft = Knobs.set(WHOLE.kernel(), Map.of("pteSpecial", "false"));
        StressConfig whole =
                StressConfig.of(soft).duration(Duration.ofMinutes(2)).build();
        KnobRotation rotation = KnobRotation.of(whole, Set.of("pteSpecial"), 3);
        assertThat(rotation.turns()).hasSize(2);
        assertThat(rotation.turns())
                .extracting(turn -> turn.config().duration())
                .containsOnly(Duration.ofMinutes(1));
    }

    @Test
    void runsTurnAfterTurn() {
        StressConfig whole = Campaigns.after().opsPerThread(300).build();
        Lines lines = new Lines();
        List<RotatedCampaign.Ended> ended =
                new RotatedCampaign(KnobRotation.of(whole, Set.of(), 3).turns()).run(lines);
        assertThat(ended).hasSize(3);
        assertThat(lines.lines.get(1))
                .startsWith("turn  2 of 3  pteSpecial=false: ")
                .endsWith(", no violation");
    }

    @Test
    void stopsAtTheFirstViolation() {
        StressConfig whole = Campaigns.of(KernelConfig.of(Series.AFTER).with(Fault.B40))
                .opsPerThread(20_000)
                .build();
        Lines lines = new Lines();
        List<RotatedCampaign.Ended> ended =
                new RotatedCampaign(KnobRotation.of(whole, Set.of(), 3).turns()).run(lines);
        assertThat(ended).hasSize(1);
        assertThat(lines.lines.get(0)).contains("VIOLATION I");
        assertThat(StressJson.of(ended, Map.of())).contains("\"turns\":[{\"knobs\":{}");
    }
}
