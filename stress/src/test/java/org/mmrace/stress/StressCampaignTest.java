package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.VmaLockStyle;

class StressCampaignTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSERTER  | VM_INSERT_PAGE VM_INSERT_PAGES VM_MAP_PAGES VM_MAP_PAGES_ZERO REMAP_PFN_RANGE VMF_INSERT_MIXED \
            VMF_INSERT_MIXED_MKWRITE VMF_INSERT_PFN
            UNMAPPER  | MUNMAP MMAP MADV_DONTNEED PUNCH_HOLE TRUNCATE UNMAP_MAPPING_PAGES ZAP_VMA_PTES
            PINNER    | GET_USER_PAGES GET_USER_PAGES_FAST PIN_USER_PAGES PIN_USER_PAGES_FAST PUT_PAGE UNPIN_USER_PAGE
            PROTECTOR | MPROTECT
            FAULTER   | LOAD STORE WRITE FALLOCATE
            FORKER    | FORK EXIT_MMAP LOAD STORE
            CLEANER   | FSYNC
            RECLAIMER | MADV_FREE MADV_PAGEOUT
            """)
    void eachRoleDoesEachOfItsOperations(RoleKind role, String kinds) {
        StressResult result = Campaigns.run(Campaigns.after().mix(RoleMix.parse(role.label() + "=1")));
        assertThat(result.violations()).isEmpty();
        assertThat(result.failure()).isNull();
        for (String kind : kinds.split(" ", 0)) {
            assertThat(result.count(Operation.valueOf(kind), OpResult.OK)
                            + result.count(Operation.valueOf(kind), OpResult.NOPAGE))
                    .as(kind)
                    .isPositive();
        }
    }

    @Test
    void writebackAndReclaimDoSomething() {
        StressResult result = Campaigns.run(Campaigns.after().mix(RoleMix.parse("faulter=4,cleaner=1,reclaimer=1")));
        assertThat(result.violations()).isEmpty();
        for (Operation kind :
                List.of(Operation.WRITEPAGES, Operation.SHRINK_FOLIO_LIST, Operation.SHRINK_INACTIVE_LIST)) {
            assertThat(result.count(kind, OpResult.OK)).as(kind.label()).isPositive();
        }
    }

    @Test
    void manyThreadsFindNothingAfterTheSeries() {
        StressResult result = Campaigns.run(Campaigns.after().threads(4).opsPerThread(15_000));
        assertThat(result.violations()).isEmpty();
        assertThat(result.failure()).isNull();
        assertThat(result.totalOperations()).isGreaterThanOrEqualTo(60_000);
        assertThat(result.epochs()).isGreaterThanOrEqualTo(14);
        assertThat(result.audits()).isEqualTo(result.epochs() + 2);
        assertThat(result.zeropageRef()).isEqualTo(1);
        assertThat(result.lastOperations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(VmaLockStyle.class)
    void vmaLocksOrNot(VmaLockStyle style) {
        KernelConfig kernel = KernelConfig.of(Series.AFTER).with(draft -> draft.vmaLock(style));
        assertThat(Campaigns.run(Campaigns.of(kernel).threads(2)).violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withAndWithoutSpecialEntries(boolean pteSpecial) {
        KernelConfig kernel = KernelConfig.of(Series.AFTER).with(draft -> draft.pteSpecial(pteSpecial));
        assertThat(Campaigns.run(Campaigns.of(kernel).threads(2)).violations()).isEmpty();
    }

    @Test
    void disjointProcessesShareNothing() {
        StressResult result = Campaigns.run(Campaigns.after().threads(3).processesDisjoint(true));
        assertThat(result.violations()).isEmpty();
        assertThat(result.config().processCount()).isEqualTo(3);
    }

    @Test
    void beforeTheSeriesItViolates() {
        StressResult result = Campaigns.run(
                Campaigns.of(KernelConfig.of(Series.BEFORE)).threads(2).opsPerThread(100_000));
        assertThat(result.violations()).isNotEmpty();
        Set<Invariant> shown = EnumSet.of(
                Invariant.I01,
                Invariant.I02,
                Invariant.I03,
                Invariant.I04,
                Invariant.I05,
                Invariant.I07,
                Invariant.I08);
        assertThat(result.violations().get(0).invariant()).isIn(shown);
        assertThat(result.lastOperations()).containsOnlyKeys("worker-0", "worker-1");
    }

    /**
     * B01: ext4 does not set VM_MIXEDMAP, so the zeropage is counted when it is mapped, and not when it is unmapped.
     */
    @Test
    void daxLeaksReferencesBeforeTheSeriesWithoutSpecialEntries() {
        RoleMix loadsAndUnmaps = RoleMix.parse("faulter=4,unmapper=1");
        KernelConfig before = KernelConfig.of(Series.BEFORE).with(Fault.B01);
        StressResult result = Campaigns.run(Campaigns.of(before).mix(loadsAndUnmaps));
        assertThat(result.violations())
                .extracting(violation -> violation.invariant())
                .contains(Invariant.I01);
        KernelConfig after = KernelConfig.of(Series.AFTER).with(draft -> draft.pteSpecial(false));
        assertThat(Campaigns.run(Campaigns.of(after).mix(loadsAndUnmaps)).violations())
                .isEmpty();
    }

    /** Those that one thread can show. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"B03", "B09", "B36", "B40", "B67", "B72"})
    void findsFaults(Fault fault) {
        KernelConfig kernel = KernelConfig.of(Series.AFTER).with(fault);
        StressResult result = Campaigns.run(Campaigns.of(kernel).opsPerThread(200_000));
        assertThat(result.violations()).isNotEmpty();
    }

    @Test
    void sameSeedSameCounts() {
        StressResult first = Campaigns.run(Campaigns.after().seed(42));
        StressResult second = Campaigns.run(Campaigns.after().seed(42));
        assertThat(second.operations()).isEqualTo(first.operations());
        assertThat(Campaigns.run(Campaigns.after().seed(43)).operations()).isNotEqualTo(first.operations());
    }

    @Test
    void goesByTimeAndTellsHowItGoes() {
        AtomicLong told = new AtomicLong();
        StressConfig config = Campaigns.after()
                .opsPerThread(0)
                .duration(Duration.ofMillis(500))
                .epoch(Duration.ofMillis(50))
                .build();
        StressResult result = new StressCampaign(config).run(progress -> told.incrementAndGet());
        assertThat(result.violations()).isEmpty();
        assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(result.epochs()).isPositive();
        assertThat(told.get()).isPositive();
    }

    @Test
    void comesToAnEndWhenInterrupted() {
        StressConfig config = Campaigns.after()
                .threads(2)
                .opsPerThread(0)
                .duration(Duration.ofHours(1))
                .build();
        StressCampaign campaign = new StressCampaign(config);
        StressResult result = campaign.run(progress -> campaign.interrupt());
        assertThat(result.interrupted()).isTrue();
        assertThat(result.violations()).isEmpty();
    }
}
