package org.mmrace.conform;

import java.util.LinkedHashSet;
import java.util.Set;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.Task;

/** Remembers which functions of the simulated kernel warned. */
final class WarnedFunctions implements KernelLog {
    private final Set<String> functions = new LinkedHashSet<>();

    Set<String> functions() {
        return functions;
    }

    @Override
    public void warn(Task task, String function, String what) {
        functions.add(function);
    }

    @Override
    public void bug(Task task, String function, String what) {
        functions.add(function);
    }

    @Override
    public void badPte(Task task, long pte, long addr) {
        functions.add("print_bad_pte");
    }
}
