package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.script.StepPattern;

/** Scripts are followed to the letter, or say where they cannot be. */
class ScriptedInterleavingTest {
    private final Program program = new Program();
    private final ControlledKernel kernel = program.kernel;
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl:1");
    private final Word word = new Word();

    @BeforeEach
    void twoTasks() {
        program.task(this::zapPteRange).task(this::zapPteRange);
    }

    @AfterEach
    void close() {
        program.close();
    }

    private void zapPteRange(Task task) {
        kernel.spinLock(task, ptl);
        clear();
        clear();
        kernel.spinUnlock(task, ptl);
    }

    private void clear() {
        kernel.writeOnce(word, 0);
    }

    private String order() {
        return String.join(
                "", program.steps.stream().map(step -> step.substring(0, 1)).toList());
    }

    @ParameterizedTest(name = "{0}, then b, then a: {1}")
    @CsvSource({
        "a until spin_lock,                    bbbbaaaa",
        "a until spin_lock ptl,                bbbbaaaa",
        "a until in zap_pte_range,             bbbbaaaa",
        "a until in zapPteRange,               bbbbaaaa",
        "a until spin_lock in zap_pte_range 1, bbbbaaaa",
    })
    void untilDoesNotInclude(String turn, String expected) {
        program.script(turn, "b", "a");
        assertThat(order()).isEqualTo(expected);
    }

    @Test
    void untilAfterIncludes() {
        program.script("a until after spin_unlock", "b");
        assertThat(order()).isEqualTo("aaaabbbb");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "a until WRITE_ONCE 2,     aa",
        "a until after WRITE_ONCE, aa",
        "a until in clear,         a",
        "a until spin_unlock ptl,  aaa",
    })
    void whoMustWaitIsNamed(String turn, String expected) {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> program.script(turn, "b"))
                .withMessageStartingWith("turn 2 of the script, \"b\", cannot be followed: it waits at"
                        + " spin_lock(ptl:1), holding nothing; all: a stands at ");
        assertThat(order()).isEqualTo(expected);
    }

    /** A task that already stands at such a step goes on to the next one. */
    @Test
    void sameTurnTwiceGoesOn() {
        program.script("a until WRITE_ONCE", "a until WRITE_ONCE", "a until spin_unlock");
        assertThat(order()).isEqualTo("aaaabbbb");
        assertThat(program.steps.subList(0, 3))
                .containsExactly("a spin_lock(ptl:1)", "a WRITE_ONCE()", "a WRITE_ONCE()");
    }

    @Test
    void afterCountsTheStepWhereItStands() {
        program.script("a until spin_unlock", "a until after spin_unlock", "b", "a");
        assertThat(order()).isEqualTo("aaaabbbb");
    }

    @Test
    void finishedTooEarly() {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> program.script("a until WRITE_ONCE 3"))
                .withMessage("turn 1 of the script, \"a until WRITE_ONCE 3\", cannot be followed:"
                        + " it has finished, and was at such a step 2 times");
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> program.script("a", "b until cmpxchg"))
                .withMessageContaining("turn 2 of the script, \"b until cmpxchg\"");
    }

    @Test
    void unknownTask() {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> program.script("x"))
                .withMessageContaining("there is no such task");
    }

    @ParameterizedTest
    @CsvSource({
        "spin_lokc,     \"spin_lokc\" is not expected here",
        "spin_lock pte, \"pte\" is not expected here",
        "in,            a function must follow",
        "2,             a step needs a verb",
    })
    void unknownWords(String words, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepPattern.parse(List.of(words.split(" ", -1))))
                .withMessageContaining(message);
    }
}
