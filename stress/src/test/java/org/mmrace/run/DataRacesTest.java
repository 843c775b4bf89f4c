package org.mmrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.race.LockGraph;
import org.mmrace.explore.race.ScenarioWatch;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Verb;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** Data races of the kernel's plain accesses, and the order of its locks. */
class DataRacesTest {
    private static final int RUNS = 24;
    private static final TaskPool POOL = new TaskPool();

    static List<Scenario> clean() {
        return ScenarioFiles.all().stream()
                .filter(scenario -> scenario.name().matches("S[0-9]+"))
                .toList();
    }

    static Stream<Scenario> walks() {
        return Map.of("flags", """
                        scenario  flags
                        title     mprotect and userfaultfd against walks of the reverse map
                        file      F shmem pages=2
                        process   P
                        vma       V in P file=F shared rw pages=2
                        setup
                          store V[0] 1
                          store V[1] 1
                        task a in P
                          mprotect V[0] PROT_READ
                          uffdio_register_wp V[1]
                        task b in P
                          shrink_folio_list F
                          unmap_mapping_pages F[0..1]
                        task c in P
                          store V[1] 2
                          load V[0]
                        """, "bounds", """
                        scenario  bounds
                        title     VMAs are split and moved against writeback
                        file      F page-cache pages=3
                        process   P
                        vma       V in P file=F shared rw pages=3
                        vma       W in P anon rw pages=1 unmapped
                        setup
                          store V[0] 1
                          store V[1] 1
                        task a in P
                          munmap V[2]
                          mremap V[0] W[0]
                        task b in P
                          writepages F
                          ftruncate F 1
                        task c in P
                          store V[1] 2
                        """).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> parse(entry.getKey(), entry.getValue()));
    }

    private static Scenario parse(String name, String text) {
        try {
            return ScenarioReader.parse(name, text);
        } catch (MalformedScenarioException e) {
            throw new IllegalStateException(e.problems().toString(), e);
        }
    }

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** The races of the first run that has one. */
    private static List<DataRace> races(Scenario scenario, KernelConfig config, LockGraph locks) {
        return POOL.drive(() -> {
            Strategy strategy = Portfolio.forBugs(1);
            ScenarioWatch watch = new ScenarioWatch(true, locks);
            for (int i = 0; i < RUNS; i++) {
                ControlledRun run = ControlledRun.of(scenario, config, POOL, strategy, Limits.DEFAULT, watch);
                if (watch.sawRace()) {
                    return ScenarioWatch.explain(
                            scenario, config, POOL, run.ending().schedule());
                }
            }
            return List.of();
        });
    }

    @ParameterizedTest
    @MethodSource({"clean", "walks"})
    void correctKernelHasNoDataRaceAndNoCircleOfLocks(Scenario scenario) {
        LockGraph locks = new LockGraph();
        assertThat(races(scenario, scenario.config(false), locks)).isEmpty();
        assertThat(locks.potentialDeadlocks()).isEmpty();
    }

    private static DataRace race(String fault) {
        Scenario scenario = ScenarioFiles.all().stream()
                .filter(each -> each.name().equals(fault))
                .findFirst()
                .orElseThrow();
        List<DataRace> found = races(scenario, scenario.config(true), new LockGraph());
        assertThat(found).isNotEmpty();
        return found.get(0);
    }

    /** Stacks grew under mmap_lock held for reading (CVE-2023-3269), while faults read the bounds under a VMA lock. */
    @Test
    void stackThatGrowsUnderReadLockRaces() {
        assertThat(race("B50").toString())
                .contains("DATA RACE on ")
                .contains(
                        "plain_write in resize()", "expand_downwards", "mmap_lock:mm1 (R)", "plain_read in pgoff_of()");
    }

    /** mm_lock_seq and vm_lock_seq without acquire and release. */
    @Test
    void flagsThatChangeWithoutTheVmaLockRace() {
        DataRace race = race("B56");
        assertThat(List.of(race.first().verb(), race.second().verb()))
                .containsExactlyInAnyOrder(Verb.WRITE_ONCE, Verb.PLAIN_READ);
        assertThat(race.toString()).contains("mprotect_fixup() at Mprotect.java:", "value changed: 0x");
    }

    /** VM_MIXEDMAP and the like set without the VMA lock. */
    @Test
    void flagsOfAPublishedVmaRace() {
        assertThat(race("B54").toString()).contains("WRITE_ONCE in modify_flags()", "plain_read in flags()");
    }
}
