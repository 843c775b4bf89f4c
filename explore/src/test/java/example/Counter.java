package example;

import java.util.function.Consumer;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** Two tasks that count, and how one increment gets lost. */
public final class Counter {
    private Counter() {}

    /** What the first failing execution says when it is done again. */
    public static String verdict() {
        Subject<Outcome> counter = Subject.of(2, (kernel, tasks) -> {
            Word count = new Word();
            Consumer<Task> increment = task -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
            tasks.add("a", increment).add("b", increment);
            tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
        });
        try (TaskPool pool = new TaskPool()) {
            Explorer<Outcome> explorer = new Explorer<>(counter, pool, Outcome::bad);
            Explorer.Exploration<Outcome> found = explorer.run(DepthFirst.all(), Plan.exhaustive());
            String text = String.valueOf(found.schedule()); // for a report: "2:aba"
            Explorer.Exploration<Outcome> again = explorer.run(new Replay(Schedule.parse(text)), 1);
            return again.verdict(); // "1 of 1 execution bad, ...: both increments count"
        }
    }

    /** Prints it. */
    public static void main(String[] args) {
        System.out.println(verdict());
    }
}
