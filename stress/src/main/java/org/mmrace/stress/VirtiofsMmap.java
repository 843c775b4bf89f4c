package org.mmrace.stress;

import org.mmrace.kernel.Task;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;

/** {@code fuse_dax_mmap()}: DAX with VM_MIXEDMAP, which ext4 and xfs no longer set. */
record VirtiofsMmap(Machine machine, FileOperations dax) implements FileOperations {
    @Override
    public int mmap(Task task, Vma vma) {
        vma.modifyFlags(machine.kernel(), machine.platform().monitor(), task, VmFlags.MIXEDMAP, 0);
        return dax.mmap(task, vma);
    }
}
