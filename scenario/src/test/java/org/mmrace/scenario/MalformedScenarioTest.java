package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told: line, column, what is wrong and what was expected. */
class MalformedScenarioTest {
    private static final String HEAD = """
            scenario  X
            process   P
            vma       V in P anon rw pages=2
            """;

    private static List<String> problems(String text) {
        MalformedScenarioException refused =
                catchThrowableOfType(MalformedScenarioException.class, () -> ScenarioReader.parse("x.scn", text));
        assertThat(refused).as("no problem in\n" + text).isNotNull();
        return refused.problems().stream().map(Problem::toString).toList();
    }

    /** The line stands fourth, in task a where it is an operation. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            task a in P; laod V[0]              | 5:2: no operation 'laod'; did you mean 'load'?
            task a in P; load V                 | 5:7: expected a page of a vma, such as V[0]
            task a in P; load W[0]              | 5:7: no vma 'W'
            task a in P; load P[0]              | 5:7: expected a vma, and 'P' is a process
            task a in P; load V[2]              | 5:9: page 2 is outside: there are 2, from 0 on
            task a in P; load V[0] 7            | 5:12: load takes no more than a page of a vma, such as V[0]
            task a in P; store V[0]             | 5:2: store takes a page of a vma, such as V[0]; a number
            task a in P; load V[0               | 5:10: did not expect the end of the line here; expected '..' or ']'
            task a in P; pin_user_pages V FOLL_WRIT | 5:19: no FOLL_ flag 'FOLL_WRIT'; did you mean 'FOLL_WRITE'?
            task a in P; mprotect V READ        | 5:13: no PROT_ flag 'READ'
            task a in P; put_page p             | 5:11: no result 'p'
            task a in P; put_page p; p = get_user_pages V | 5:2: 'p' is used before it is set
            task a in P; a = load V[0]          | 5:2: 'a' is the name of a task already
            task a in Q                         | 4:11: no process 'Q'; there are P
            vma W in P anon shared rw pages=1   | 4:17: no attribute 'shared'
            vma W in P rw pages=1               | 4:5: expected either anon or file=
            vma W in P anon rw                  | 4:5: expected pages= with a number from 1 to 512
            vma W in P anon rw pages=1 at=17    | 4:1: lies over V, which has the pages from 16
            vma W in P anon rw page=1           | 4:5: expected pages= with a number from 1 to 512
            file F shmen pages=1                | 4:6: expected one of shmem, page-cache, dax, virtiofs
            page A kind=slap                    | 4:13: no value 'slap'; did you mean 'slab'?
            fault B99                           | 4:7: no fault 'B99'; did you mean 'B09'?
            fault B25                           | 4:1: expected a line 'violates' that says what the fault shows
            violates I04                        | 4:1: 'violates' says what a fault shows: expected a line 'fault' as well
            violates I99                        | 4:10: expected an invariant, such as I04, or outcome
            config colour=red                   | 4:8: no knob 'colour'
            config tlbStyle=BROADCAST tableFree=IPI | 4:27: tlbStyle BROADCAST sends no interrupts
            scenario Y                          | 4:1: 'scenario' is given twice
            load V[0]                           | 4:1: expected 'setup', 'task NAME in PROCESS' or 'finally'
            outcome good a=1                    | 4:9: no grade 'good'; there are acceptable, interesting, forbidden
            outcome acceptable b=1              | 4:20: no result 'b'
            interleave; a until spin_unlock     | 5:2: no task 'a'
            process P $                         | 4:11: did not expect '$' here
            fork Q                              | 4:1: expected 'setup'
            task a in P; fork V                 | 5:7: 'V' is the name of a vma already
            task a in P; fork 7                 | 5:7: expected a name for the new process
            task a in P; fubar V[0]             | 5:2: no operation 'fubar'; docs/scenarios.md has a table of all
            vma W in P anon r pages=1000000000  | 4:25: expected pages= with a number from 1 to 512
            vma W in P anon r pages=513         | 4:25: expected pages= with a number from 1 to 512
            task file in P                      | 4:6: did not expect 'file' here; 'file' is a word of the language and
            file = load V[0]                    | 4:6: did not expect '=' here; 'file' is a word of the language and
            task a in P; a until check          | 5:10: did not expect 'check' here; 'check' is a word of the language and
            outcome acceptable V=1              | 4:20: expected a result, and 'V' is a vma
            task a in P; load V[0]; outcome acceptable a=EPERM | 6:23: no operation gives 'EPERM'; did you mean '-EPERM'?
            `task a in P; load V[0]; outcome acceptable a=0|-EPRM` | 6:25: no operation gives '-EPRM'; did you mean
            task a in P; load V[0]; check load V[0] == yes | 6:21: no operation gives 'yes'; docs/scenarios.md says
            """)
    void saysWhatIsWrong(String lines, String message) {
        String text = HEAD + lines.replace("; ", "\n ") + "\n"
                + (lines.contains("task a") ? "" : "task z in P\n load V[0]\n");
        String at = "x.scn:" + message.substring(0, message.indexOf(' '));
        String said = message.substring(message.indexOf(' ') + 1);
        assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).startsWith(at + " " + said));
    }

    @Test
    void listsAllProblemsInOrder() {
        assertThat(problems("""
                scenario X
                process P
                vma V in R anon rw pages=1
                task a in P
                  lod V[0]
                  store V[0] FOLL_WRITE
                """))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("x.scn:3:10: no process 'R'"),
                        second -> assertThat(second).startsWith("x.scn:5:3: no operation 'lod'"),
                        third -> assertThat(third).startsWith("x.scn:6:14: expected a number"));
    }

    @Test
    void listsAllSyntaxErrors() {
        assertThat(problems("""
                scenario
                process P
                vma V P
                task a in P
                """)).hasSize(2);
    }

    @Test
    void aTaskMeansItsOwnProcess() {
        assertThat(problems(HEAD + "process R\ntask a in R\n  load V[0]\n"))
                .containsExactly("x.scn:6:3: V is in process P and task a in R; P:V[0] says that this is meant");
    }

    @Test
    void aTaskNeedsItsProcessFromTheBeginning() {
        assertThat(problems(HEAD + "task a in P\n  fork Q\ntask b in Q\n  load V[0]\n"))
                .containsExactly("x.scn:6:1: process Q does not exist before the tasks run");
    }

    @Test
    void aScenarioHasTasks() {
        assertThat(problems(HEAD)).containsExactly("x.scn:1:1: expected 1 to 63 tasks, and there are 0");
    }

    @Test
    void aCharacterThatIsNotSeenIsNamed() {
        assertThat(problems("\uFEFF" + HEAD + "task a in P\n  load V[0]\n"))
                .containsExactly("x.scn:1:1: did not expect the character U+FEFF (ZERO WIDTH NO-BREAK SPACE) here");
        assertThat(problems(HEAD + "process\0 Q\ntask a in P\n  load V[0]\n"))
                .containsExactly("x.scn:4:8: did not expect the character U+0000 (NULL) here; expected a name");
    }

    /** Lines that use what a broken line seems to declare are not wrong for that. */
    @Test
    void aSyntaxErrorHidesNoOtherError() {
        assertThat(problems("""
                scenario X Y
                process P !
                file F shmem pages 1
                page A B
                vma V P anon rw pages=2
                vma W in P file=F shared rw pages=1
                task a in P $
                  p = get_user_pages V[7
                  fork Q Q:
                  vm_insert_page W[0] B
                  load Q:V[9]
                  put_page p
                  laod W[0]
                task b in P
                  store W[1] 1
                """))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("x.scn:1:12: "),
                        two -> assertThat(two).startsWith("x.scn:2:11: "),
                        three -> assertThat(three).startsWith("x.scn:3:20: "),
                        five -> assertThat(five).startsWith("x.scn:5:7: "),
                        seven -> assertThat(seven).startsWith("x.scn:7:13: "),
                        eight -> assertThat(eight).startsWith("x.scn:8:"),
                        nine -> assertThat(nine).startsWith("x.scn:9:"),
                        thirteen -> assertThat(thirteen).startsWith("x.scn:13:3: no operation 'laod'"),
                        fifteen -> assertThat(fifteen).startsWith("x.scn:15:11: page 1 is outside"));
    }

    @Test
    void aNameThatIsTakenIsOneError() {
        assertThat(problems("""
                scenario X
                process P
                vma V in P anon rw pages=1
                task a in P
                  store V[0] 7
                  fork V
                  load V[0]
                """)).containsExactly("x.scn:6:8: 'V' is the name of a vma already");
    }

    @Test
    void aSizeThatIsRefusedHasNoFollowUps() {
        assertThat(problems("""
                scenario X
                process P
                vma V in P anon rw pages=1000000000
                task a in P
                  load V[0]
                """)).containsExactly("x.scn:3:26: expected pages= with a number from 1 to 512");
    }

    @Test
    void showsTwentyProblemsOfAFile() {
        List<String> shown = problems(HEAD + "task a in P\n" + "  laod V[0]\n".repeat(33));
        assertThat(shown).hasSize(21).last().isEqualTo("x.scn:25:3: and 13 more from here on");
    }

    @Test
    void aFileHasTheNameOfItsScenario(@TempDir Path dir) throws Exception {
        String text = HEAD + "task a in P\n  load V[0]\n";
        assertThat(ScenarioReader.read(Files.writeString(dir.resolve("X.scn"), text))
                        .name())
                .isEqualTo("X");
        Path other = Files.writeString(dir.resolve("Y.scn"), text);
        MalformedScenarioException refused =
                catchThrowableOfType(MalformedScenarioException.class, () -> ScenarioReader.read(other));
        assertThat(refused).hasMessage(other + ":1:11: scenario 'X' must be called 'Y' as its file is");
    }
}
