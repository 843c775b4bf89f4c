package org.mmrace.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.fault.Series;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioPrinter;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.OpResult;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Slot;
import org.mmrace.stress.StressResult;

class CandidatesTest {
    private static final long WRITE_PIN = GupFlags.PIN | GupFlags.WRITE;

    /** A write fault meets a write to the file; long before, somebody read the hole. */
    private static StressResult daxRace() {
        return Recorded.with(Fault.B12)
                .did(0, Operation.LOAD, 1, Slot.DAX_SHARED, 3)
                .did(1, Operation.STORE, 2, Slot.ANON, 0)
                .did(1, Operation.LOAD, 2, Slot.DAX_SHARED, 3)
                .does(0, Operation.WRITE, 1, Slot.DAX_SHARED, 3)
                .does(1, Operation.STORE, 2, Slot.DAX_SHARED, 3)
                .found(Invariant.I04, "entry Zswda pfn 1 at mm2 vma:9 0x52000 is writable", 1)
                .result();
    }

    private static String text(Candidate candidate) {
        return ScenarioPrinter.print(candidate.scenario());
    }

    private static List<String> texts(StressResult result) {
        return Candidates.of(result).stream().map(CandidatesTest::text).toList();
    }

    @Test
    void theFirstOneHasTheLastOperationOfEachWorkerOnThePage() {
        Candidate first = Candidates.of(daxRace()).get(0);
        assertThat(text(first)).isEqualTo("""
                scenario  stress-7
                title     what stress found: I04
                fault     B12
                file      DaxFile dax pages=8
                process   P1
                process   P2
                vma       DaxShared in P1 file=DaxFile shared rw pages=8 at=79
                vma       DaxSharedOfP2 in P2 file=DaxFile shared rw pages=8 at=79
                task a in P1
                  write DaxFile[3] 1
                task b in P2
                  store DaxSharedOfP2[3] 2
                violates  I04
                """);
        assertThat(first.workers()).containsExactly("worker-0", "worker-1");
        assertThat(text(new Candidate(first.named(), first.workers())))
                .startsWith("# Made of the last operations of a stress campaign: a is worker-0, b is worker-1.\n");
    }

    @Test
    void othersDoFirstWhatTheLogHasFromBefore() {
        assertThat(texts(daxRace())).anySatisfy(text -> assertThat(text).contains("""
                setup
                  load DaxShared[3]
                  load DaxSharedOfP2[3]
                task a in P1
                  write DaxFile[3] 1
                """));
    }

    @Test
    void whatHasNothingToDoWithThePageIsLeftOut() {
        assertThat(texts(daxRace()))
                .filteredOn(text -> text.contains("DaxFile"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).doesNotContain("store Anon"));
    }

    @Test
    void deeperOnesHaveMoreOperationsOfEachWorker() {
        assertThat(texts(daxRace())).anySatisfy(text -> assertThat(text).contains("""
                task a in P1
                  load DaxShared[3]
                  write DaxFile[3] 1
                task b in P2
                  load DaxSharedOfP2[3]
                  store DaxSharedOfP2[3] 2
                """));
    }

    @Test
    void thePageTablesOfTheCampaignAreMadeInTheSetup() {
        StressResult result = Recorded.with(Fault.B23)
                .mapped(Operation.STORE, 1, Slot.ANON, 2)
                .mapped(Operation.STORE, 1, Slot.ANON, 3)
                .does(0, Operation.PIN_USER_PAGES, 1, Slot.ANON, 2, 1, GupFlags.PIN)
                .found(Invariant.I20, "GUP of mm1 0x12000: page 75 is pinned, anonymous and not exclusive", 0)
                .result();
        assertThat(texts(result)).anySatisfy(text -> assertThat(text).contains("""
                setup
                  store Anon[2] 1
                task a in P1
                  p1 = pin_user_pages Anon[2]
                finally
                  unpin_user_page p1
                """));
    }

    @Test
    void aPinIsReleasedWithTheDataThatTheDeviceWrote() {
        StressResult result = Recorded.with(Fault.B26)
                .did(0, Operation.PIN_USER_PAGES_FAST, 1, Slot.ANON, 0, 2, WRITE_PIN | GupFlags.LONGTERM)
                .did(1, Operation.FORK, 1, 9)
                .does(0, Operation.UNPIN_USER_PAGE, 1, Slot.ANON, 1, 1, WRITE_PIN | GupFlags.LONGTERM)
                .found(Invariant.I20, "page 75, pinned through mm1, is no longer exclusive", 0)
                .result();
        assertThat(texts(result)).anySatisfy(text -> assertThat(text).contains("""
                task a in P1
                  p1 = pin_user_pages_fast Anon[0..1] FOLL_WRITE|FOLL_LONGTERM
                  dma_write p1 1
                  set_page_dirty_lock p1
                  unpin_user_page p1
                task b in P1
                  fork C1 P1
                """));
    }

    @Test
    void aChildIsForkedBeforeItIsUsed() {
        StressResult result = Recorded.with(Fault.B53)
                .did(1, Operation.FORK, 1, 9)
                .does(1, Operation.LOAD, 9, Slot.ANON, 0)
                .does(0, Operation.STORE, 1, Slot.ANON, 0)
                .found(Invariant.I23, "mm9 anon[0] holds 0x7", 1)
                .result();
        assertThat(texts(result).get(0)).contains("""
                setup
                  fork C1 P1
                task a in P1
                  store Anon[0] 1
                task b in P1
                  load C1:Anon[0]
                """);
    }

    @Test
    void aDriversPageIsForgottenOnceItIsMapped() {
        StressResult result = Recorded.with(Fault.B72)
                .does(0, Operation.VM_INSERT_PAGE, 1, Slot.CONSTANTS, 1, 1, Recorded.insertion(false))
                .does(1, Operation.VM_INSERT_PAGE, 1, Slot.CONSTANTS, 1, 1, Recorded.insertion(true))
                .found(Invariant.I12, "mm1 says FILE 2, and maps 1", -1)
                .result();
        assertThat(texts(result)).anySatisfy(text -> assertThat(text).contains("""
                task a in P1
                  vm_insert_page Constants[1] N1 mmap_read_lock
                  __free_page N1
                task b in P1
                  vm_insert_page Constants[1] Z mmap_read_lock
                """));
    }

    @Test
    void whatIsMappedAgainIsUnmappedBefore() {
        StressResult result = Recorded.with(Fault.B59)
                .does(0, Operation.MMAP, 1, Slot.BUFFER, 0, 8, 1)
                .found(Invariant.I29, "table 37 is freed with entry 0: 0x5e023", 0)
                .result();
        assertThat(texts(result).get(0)).contains("""
                setup
                  munmap Buffer[0..7]
                task a in P1
                  mmap Buffer
                """);
    }

    @Test
    void rightsAreThoseOfTheCampaign() {
        StressResult result = Recorded.with(Fault.B40)
                .did(0, Operation.MPROTECT, 1, Slot.ANON, 0, 4, VmFlags.READ)
                .does(0, Operation.MPROTECT, 1, Slot.ANON, 0, 4, VmFlags.READ | VmFlags.WRITE)
                .found(Invariant.I04, "entry at mm1 vma:2 0x10000", 0)
                .result();
        assertThat(texts(result)).anySatisfy(text -> assertThat(text).contains("""
                  mprotect Anon[0..3] PROT_READ
                  mprotect Anon[0..3] PROT_READ|PROT_WRITE
                """));
    }

    @Test
    void atRestEveryMeetingOfTwoWorkersIsTried() {
        StressResult result = Recorded.with(Fault.B70)
                .does(0, Operation.MADV_DONTNEED, 1, Slot.TEMPLATE, 0, 3, 0)
                .does(1, Operation.VM_INSERT_PAGE, 1, Slot.TEMPLATE, 2, 1, Recorded.insertion(true))
                .found(Invariant.I10, "page 20 still has count 1", -1)
                .result();
        assertThat(texts(result).get(0)).contains("""
                task a in P1
                  madvise_dontneed Template[0..2]
                task b in P1
                  vm_insert_page Template[2] Z mmap_read_lock
                """);
    }

    @Test
    void whatWasFoundBeforeAnybodyDidAnythingIsMappingItself() {
        StressResult result = Recorded.with(Fault.B54)
                .found(Invariant.I31, "vm_flags of mm1 vma:1 is written while it is visible", 0)
                .result();
        assertThat(texts(result).get(0)).contains("  mmap ");
    }

    @Test
    void theSameLogMakesTheSameCandidates() {
        assertThat(Candidates.of(daxRace())).isEqualTo(Candidates.of(daxRace()));
        assertThat(Candidates.of(daxRace())).doesNotHaveDuplicates();
    }

    @Test
    void theKernelIsThatOfTheCampaign() {
        KernelConfig kernel = Knobs.set(
                KernelConfig.of(Series.BEFORE),
                Map.of("pteSpecial", "false", "vmaLock", "REFCNT", "release", "6.12", "ptrsPerTable", "8"));
        for (KernelConfig wanted : List.of(
                kernel,
                KernelConfig.of(Series.V1),
                KernelConfig.of(Series.AFTER).with(Fault.B01),
                KernelConfig.of(Series.AFTER).with(Fault.B25).with(draft -> draft.gupFast(false)))) {
            StressResult result = Recorded.on(wanted)
                    .does(0, Operation.LOAD, 1, Slot.ANON, 0)
                    .found(Invariant.I01, "the zeropage", 0)
                    .result();
            assertThat(Candidates.of(result))
                    .extracting(candidate -> candidate.scenario().config(true))
                    .containsOnly(wanted);
        }
    }

    @Test
    void withSeveralFaultsEachIsTriedOnItsOwn() {
        StressResult result = Recorded.with(Fault.B12, Fault.B25)
                .does(0, Operation.LOAD, 1, Slot.ANON, 0)
                .found(Invariant.I04, "the zeropage", 0)
                .result();
        assertThat(Candidates.of(result))
                .extracting(candidate -> candidate.scenario().fault())
                .contains(Fault.B12, Fault.B25);
    }

    /** Whatever is in a log, what comes out of it is a scenario that can be read back. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyOperationBecomesScenariosThatCanBeReadBack(Operation kind, @TempDir Path dir)
            throws IOException, MalformedScenarioException {
        for (Slot slot : List.of(Slot.CACHE_READ_ONLY, Slot.TEMPLATE)) {
            StressResult result = Recorded.with(Fault.B12)
                    .did(0, Operation.FORK, 1, 5)
                    .did(1, kind, 1, slot, 1, 2, 0)
                    .did(1, Operation.PIN_USER_PAGES, 5, slot, 0, 2, GupFlags.PIN)
                    .does(0, kind, 1, slot, 0, 1, kind == Operation.EXIT_MMAP ? 5 : 3)
                    .does(1, kind, kind == Operation.FORK ? 1 : 5, slot, 1, 1, 0)
                    .found(Invariant.I04, "entry at mm1 vma:3 0x" + Long.toHexString(slot.addr(0)), 0)
                    .result();
            List<Candidate> candidates = Candidates.of(result);
            for (int i = 0; i < candidates.size(); i += 23) {
                Candidate candidate = candidates.get(i);
                Path file = dir.resolve(candidate.scenario().name() + ".scn");
                Files.writeString(file, text(candidate));
                Scenario back = ScenarioReader.read(file);
                assertThat(back).as(text(candidate)).isEqualTo(candidate.scenario());
            }
        }
    }

    @Test
    void whatWasNotTriedIsNotDone() {
        StressResult result = Recorded.with(Fault.B12)
                .does(0, Operation.LOAD, 1, Slot.ANON, 0)
                .found(Invariant.I04, "entry", 0)
                .result();
        Objects.requireNonNull(result.lastOperations().get("worker-1"))
                .add(new LoggedOperation(
                        Operation.VM_INSERT_PAGE, OpResult.UNMAPPED, 1, 0, Slot.ANON.addr(0), 1, 0, -5, 1));
        assertThat(texts(result)).allSatisfy(text -> assertThat(text).doesNotContain("vm_insert_page"));
    }
}
