package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
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
}
