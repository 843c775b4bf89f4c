package org.mmrace.compare;

import java.util.Locale;
import org.mmrace.matrix.Trial;

/** All attempts, one line each, for other programs to analyse. No value needs quotes. */
final class CompareCsv {
    private CompareCsv() {}

    static String of(CompareTable table) {
        StringBuilder text = new StringBuilder("fault,strategy,seed,found,executions,millis,broken\n");
        for (CompareTable.Row row : table.rows()) {
            for (CompareTable.Cell cell : row.cells()) {
                for (Trial trial : cell.trials()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%s,%s,%d,%d,%d,%.3f,%s%n",
                            trial.fault().id(),
                            trial.checker(),
                            trial.seed(),
                            trial.caught() ? 1 : 0,
                            trial.runs(),
                            trial.time().toNanos() / 1e6,
                            String.join(" ", trial.caughtBy())));
                }
            }
        }
        return text.toString();
    }
}
