package org.mmrace.explore.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Tasks;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** The schedule of a failure, and the same test with other code: what a task does alone behind the end says nothing. */
class MendedTest {
    /** Test methods that are no tests of ours: some of them must fail. */
    static final class Programs {
        /** Peterson's lock; the bug is that who wants it gives way to itself. */
        private static void peterson(ControlledKernel kernel, Tasks tasks, boolean bug) {
            WordArray wants = new WordArray(2);
            Word turn = new Word();
            Word inside = new Word();
            for (int me = 0; me < 2; me++) {
                int self = me;
                int other = 1 - me;
                tasks.add(me == 0 ? "a" : "b", task -> {
                    kernel.writeOnce(wants, self, 1);
                    kernel.writeOnce(turn, bug ? self : other);
                    for (int n = 1; kernel.readOnce(wants, other) == 1 && kernel.readOnce(turn) == other; n++) {
                        kernel.condResched(task, n);
                    }
                    kernel.writeOnce(inside, kernel.readOnce(inside) + 1);
                    kernel.writeOnce(wants, self, 0);
                });
            }
            tasks.check("both have been inside, one after the other", () -> kernel.readOnce(inside) == 2);
        }

        @Explore
        void petersonWithABug(ControlledKernel kernel, Tasks tasks) {
            peterson(kernel, tasks, true);
        }

        @Explore(replay = "2:b2ab2aba4ba")
        void petersonMended(ControlledKernel kernel, Tasks tasks) {
            peterson(kernel, tasks, false);
        }

        @Explore(replay = "2:b2ab2aba4ba")
        void petersonStillWithTheBug(ControlledKernel kernel, Tasks tasks) {
            peterson(kernel, tasks, true);
        }
    }

    private static String message(String method) {
        return Heard.of(Programs.class, method).message();
    }

    @Test
    void replayOfWhatWasMendedMeanwhileSaysWhereItParts() {
        assertThat(steps(message("petersonStillWithTheBug"))).isEqualTo(steps(message("petersonWithABug")));
        assertThat(message("petersonMended"))
                .isEqualTo("decision 14 of 2:b2ab2aba4ba: the schedule is over after 13 decisions, and the program goes"
                        + " on: a stands at cond_resched(), holding nothing; b stands at READ_ONCE(), holding nothing");
    }

    private static String steps(String message) {
        return message.substring(0, message.indexOf("To do it again"));
    }
}
