package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;

/**
 * {@code vm_area_cachep} of 6.15 and later: a freed object is the next one to be handed out, without a grace period.
 */
final class VmaCache {
    private final Kernel kernel;
    private final SpinLock lock = new SpinLock(LockClass.ZONE, "vm_area_cachep");
    private final RcuPointer<List<VmaObject>> free = new RcuPointer<>(List.of());

    VmaCache(Kernel kernel) {
        this.kernel = kernel;
    }

    /** {@code kmem_cache_alloc()}: whoever looks at it under RCU sees a count of 0. */
    VmaObject alloc(Task task) {
        kernel.spinLock(task, lock);
        List<VmaObject> left = objects();
        VmaObject object = left.isEmpty() ? new VmaObject() : left.get(left.size() - 1);
        if (!left.isEmpty()) {
            kernel.rcuAssignPointer(free, List.copyOf(left.subList(0, left.size() - 1)));
        }
        kernel.spinUnlock(task, lock);
        return object;
    }

    /** {@code kmem_cache_free()}. */
    void free(Task task, VmaObject object) {
        kernel.spinLock(task, lock);
        List<VmaObject> more = new ArrayList<>(objects());
        more.add(object);
        kernel.rcuAssignPointer(free, List.copyOf(more));
        kernel.spinUnlock(task, lock);
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names) {
        names.pointer(free, () -> "vm_area_cachep free");
    }

    private List<VmaObject> objects() {
        List<VmaObject> objects = kernel.rcuDereference(free);
        return objects == null ? List.of() : objects;
    }
}
