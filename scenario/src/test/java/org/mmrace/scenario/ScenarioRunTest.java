package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.SequentialRun;
import org.mmrace.script.Verdict;

/** What scenarios mean when they run. */
class ScenarioRunTest {
    private static Verdict run(String text) throws MalformedScenarioException {
        Scenario scenario = ScenarioReader.parse("test", text);
        return SequentialRun.run(scenario, scenario.config(true));
    }

    /** A driver maps A and device memory; the handler and the access decide what is mapped. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fault=page                                        ; load V[0]      ; 0      ; Nwa
            fault=page                                        ; store V[0] 7   ; 0      ; Nwda
            fault=page page_mkwrite=ok                        ; load V[0]      ; 0      ; Na
            fault=page page_mkwrite=sigbus                    ; store V[0] 7   ; SIGBUS ; -
            fault=page                                        ; load V[1]      ; SIGBUS ; -
            set=VM_MIXEDMAP fault=insert                      ; load V[0]      ; 0      ; Nwa
            set=VM_MIXEDMAP fault=mixed                       ; load V[0]      ; 0      ; Nswa
            set=VM_MIXEDMAP fault=mixed                       ; store V[1] 7   ; 0      ; -
            set=VM_PFNMAP fault=pfn                           ; load V[1]      ; 0      ; -
            set=VM_IO|VM_MIXEDMAP fault=zeropage pfn_mkwrite=replace ; load V[0]    ; 0 ; Zsa
            set=VM_IO|VM_MIXEDMAP fault=zeropage pfn_mkwrite=replace ; store V[0] 7 ; 0 ; Nswda
            mmap=vm_insert_page:A                             ; load V[0]      ; 0      ; Nwa
            mmap=vm_map_pages:A,B                             ; load V[1]      ; 0      ; Nwa
            fault=none                                        ; load V[0]      ; SIGBUS ; -
            """)
    void driversAnswerAsDeclared(String driver, String step, String result, String pte) throws Exception {
        Verdict verdict = run("""
                scenario x
                page A B
                file D driver pages=2 backing=A
                process P
                vma V in P file=D shared rw pages=2 %s
                task a in P
                  %s
                finally
                  pte = pte V[0]
                """.formatted(driver, step));
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.results()).containsEntry("a", result).containsEntry("pte", pte);
    }

    @Test
    void remapsFramesWithoutPages() throws Exception {
        Verdict verdict = run("""
                scenario x
                file D driver pages=2
                process P
                vma V in P file=D shared rw pages=2 mmap=remap_pfn_range
                task a in P
                  store V[1] 7
                check pte V[1] == Nswda
                """);
        assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
    }

    @Test
    void pfnMkwriteMayRefuse() throws Exception {
        Verdict verdict = run("""
                scenario x
                page A
                file D driver pages=1 backing=A
                process P
                vma V in P file=D shared rw pages=1 set=VM_IO|VM_MIXEDMAP fault=zeropage pfn_mkwrite=sigbus
                setup
                  load V[0]
                task a in P
                  store V[0] 7
                """);
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.results()).containsEntry("a", "SIGBUS");
    }

    @Test
    void whatIsNotThereGivesNone() throws Exception {
        Verdict verdict = run("""
                scenario x
                page A
                file D driver pages=1
                process P
                vma V in P anon r pages=1
                vma W in P file=D shared r pages=1 unmapped
                task a in P
                  p = pin_user_pages V FOLL_WRITE
                  q = unpin_user_page p
                  w = vm_insert_page W[0] A
                  m = mmap W
                  n = mmap W
                """);
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.results())
                .containsEntry("p", "-EFAULT")
                .containsEntry("q", "none")
                .containsEntry("w", "none")
                .containsEntry("m", "0")
                .containsEntry("n", "-EEXIST");
    }

    @Test
    void aForkedProcessIsThereUntilItExits() throws Exception {
        Verdict verdict = run("""
                scenario x
                process P
                vma V in P anon rw pages=1
                task a in P
                  store V[0] 7
                  early = load Q:V[0]
                  fork Q
                  store V[0] 8
                  child = load Q:V[0]
                  exit_mmap Q
                  late = load Q:V[0]
                """);
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.results())
                .containsEntry("early", "none")
                .containsEntry("child", "7")
                .containsEntry("late", "none");
    }

    @Test
    void theFirstMatchingOutcomeCounts() throws Exception {
        String text = """
                scenario x
                process P
                vma V in P anon rw pages=1
                task a in P
                  store V[0] 7
                  load V[0]
                """;
        assertThat(run(text).grade()).isEqualTo(Outcome.Grade.ACCEPTABLE);
        assertThat(run(text + "outcome interesting a=*\noutcome forbidden a=7\n")
                        .grade())
                .isEqualTo(Outcome.Grade.INTERESTING);
        Verdict unlisted = run(text + "outcome acceptable a=8|9\n");
        assertThat(unlisted.grade()).isEqualTo(Outcome.Grade.FORBIDDEN);
        assertThat(unlisted.hasWrongResult()).isTrue();
        assertThat(unlisted.outcome()).isNull();
    }

    /** The series breaks them by design; a scenario that is about that says so with its fault. */
    @Test
    void beforeTheSeriesItsOwnInvariantsDoNotCount() throws Exception {
        String text = """
                scenario x
                %s
                file D driver pages=1
                process P
                vma V in P file=D shared r pages=1 clear=VM_MAYWRITE
                task a in P
                  vm_insert_page V[0] Z
                  vm_insert_page V[0] Z
                %s
                """;
        assertThat(run(text.formatted("config series=BEFORE", "")).violations()).isEmpty();
        Verdict shown = run(text.formatted("fault B02", "violates I01"));
        assertThat(shown.violations()).extracting(Violation::invariant).containsOnly(Invariant.I01);
    }

    @Test
    void aCrashedTaskEndsTheRun() throws Exception {
        Verdict verdict = run("""
                scenario x
                page A
                file D driver pages=1
                process P
                vma V in P file=D shared r pages=1 set=VM_PFNMAP
                task a in P
                  vm_insert_page V[0] A
                  load V[0]
                task b in P
                  munmap V
                check ref A == 1
                """);
        assertThat(verdict.violations()).extracting(Violation::invariant).containsExactly(Invariant.I37);
        assertThat(verdict.results()).containsEntry("a", "BUG").containsEntry("b", "none");
    }
}
