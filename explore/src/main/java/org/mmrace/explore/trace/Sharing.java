package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** Finds out which places several tasks use, and gives numbers to those without a name, in the order of first use. */
final class Sharing {
    /** Who uses one place. */
    private static final class Use {
        private int firstTask = -1;
        private boolean several;
        private boolean written;

        void by(int task, boolean writes) {
            several |= firstTask != -1 && firstTask != task;
            firstTask = task;
            written |= writes;
        }
    }

    private final List<Draft> drafts;
    private final Map<Object, Map<Integer, Use>> uses = new IdentityHashMap<>();
    private final Map<Object, String> names = new IdentityHashMap<>();
    private int words;
    private int arrays;
    private int pointers;

    Sharing(List<Draft> drafts) {
        this.drafts = drafts;
        for (Draft draft : drafts) {
            if (draft.object != null) {
                use(draft.object, draft.index).by(draft.task, draft.verb.writes());
            }
        }
    }

    private Use use(Object object, int index) {
        return uses.computeIfAbsent(object, each -> new TreeMap<>()).computeIfAbsent(index, each -> new Use());
    }

    private boolean isShared(Draft draft) {
        if (draft.object == null) {
            return false;
        }
        Use use = use(draft.object, draft.index);
        return use.several && use.written;
    }

    /** The steps as they are kept. */
    List<TraceStep> steps() {
        List<TraceStep> steps = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            steps.add(new TraceStep(
                    draft.number,
                    draft.task,
                    draft.operation,
                    draft.verb,
                    draft.name == null ? numbered(draft.object, draft.index) : draft.name,
                    draft.before,
                    draft.after,
                    draft.held,
                    draft.source,
                    draft.handOver,
                    isShared(draft),
                    draft.violations));
        }
        return steps;
    }

    private String numbered(@Nullable Object object, int index) {
        if (object == null) {
            return "";
        }
        String name = names.computeIfAbsent(object, this::newName);
        return object instanceof WordArray ? name + "[" + index + "]" : name;
    }

    private String newName(Object object) {
        if (object instanceof WordArray) {
            return "array#" + ++arrays;
        }
        return object instanceof RcuPointer || !(object instanceof Word) ? "pointer#" + ++pointers : "word#" + ++words;
    }
}
