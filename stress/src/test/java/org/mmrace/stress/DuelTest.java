package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.check.QuiescentAudit;

class DuelTest {
    private final Findings findings = new Findings();
    private final World world = new World(Campaigns.after().threads(2).build(), findings);

    /** Both sides one after the other, on one thread. */
    @ParameterizedTest
    @EnumSource
    void bothSidesDoWhatIsRight(Duel.Kind kind) {
        Worker first = world.workers().get(0);
        Worker second = world.workers().get(1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            Duel duel = new Duel(kind, world.process(i % 2), Duellist.place(kind, random), i / 2 % 2);
            Duellist.enter(first, duel);
            Duellist.prepare(first, kind);
            Duellist.enter(second, duel);
            Duellist.second(second, duel);
            Duellist.first(first, kind);
        }
        world.workers().forEach(Worker::rest);
        QuiescentAudit audit = new QuiescentAudit(world.machine().platform());
        assertThat(audit.run(world.mms(), world.files(), world.tasks())).isEmpty();
        assertThat(findings.violations()).isEmpty();
        assertThat(first.done()).isGreaterThan(50);
        assertThat(second.done()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void isTakenOnce() {
        Duel duel = new Duel(Duel.Kind.ZAP_ZAP, world.process(0), Slot.ANON, 0);
        assertThat(duel.take()).isTrue();
        assertThat(duel.take()).isFalse();
        assertThat(duel.withdraw()).isFalse();
        assertThat(duel.isTaken()).isTrue();
    }

    @Test
    void isNotTakenOnceWithdrawn() {
        Duel duel = new Duel(Duel.Kind.ZAP_ZAP, world.process(0), Slot.ANON, 0);
        assertThat(duel.withdraw()).isTrue();
        assertThat(duel.take()).isFalse();
    }

    @Test
    void needsRolesThatArePlayed() {
        assertThat(Duel.Kind.of(RoleMix.DEFAULT)).containsExactly(Duel.Kind.values());
        assertThat(Duel.Kind.of(RoleMix.parse("inserter=1,forker=1"))).containsExactly(Duel.Kind.INSERT_INSERT);
    }
}
