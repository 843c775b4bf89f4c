package org.mmrace.stress;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.op.Machine;

/** One file of each kind, with the descriptors that the slots map. Shared by the processes that have it. */
final class FileSet {
    private static final FileKind[] KINDS = FileKind.values();

    private final int number;
    private final Map<FileKind, AddressSpace> mappings = new EnumMap<>(FileKind.class);
    private final Map<FileKind, FrameStore> frames = new EnumMap<>(FileKind.class);
    private final Map<Slot, OpenFile> descriptors = new EnumMap<>(Slot.class);

    /** The {@code number}-th set of this world. */
    FileSet(World world, int number, Task task) {
        this.number = number;
        Machine machine = world.machine();
        for (FileKind kind : KINDS) {
            int pages = kind == FileKind.RING ? Slot.RING_PAGES : Slot.PAGES;
            AddressSpace mapping = machine.newFile(kind.kind(), pages);
            mappings.put(kind, mapping);
            FileOperations ops = machine.mm().files().operations(mapping);
            if (kind.isDriver()) {
                FrameStore store = new FrameStore(machine, kind, pages, id(kind), task);
                frames.put(kind, store);
                ops = new DriverMmap(world, kind, mapping, store, id(kind));
            } else if (kind == FileKind.VIRTIOFS) {
                ops = new VirtiofsMmap(machine, ops);
            }
            for (Slot slot : Slot.values()) {
                if (slot.maps(kind)) {
                    descriptors.put(slot, new OpenFile(mapping, slot.openForWriting(), ops));
                }
            }
        }
    }

    /** What data of this file carries. */
    int id(FileKind kind) {
        return number * KINDS.length + kind.ordinal();
    }

    /** The kind of file that has this id in its set. */
    static FileKind kindOf(int id) {
        return KINDS[id % KINDS.length];
    }

    AddressSpace mapping(FileKind kind) {
        return present(mappings.get(kind), kind);
    }

    /** The frames that a driver has for good. */
    FrameStore frames(FileKind kind) {
        return present(frames.get(kind), kind);
    }

    /** A descriptor of this file that is open for writing. */
    OpenFile writable(FileKind kind) {
        for (Map.Entry<Slot, OpenFile> entry : descriptors.entrySet()) {
            if (entry.getKey().maps(kind) && entry.getValue().writable()) {
                return entry.getValue();
            }
        }
        throw new IllegalStateException("nobody may write " + kind);
    }

    /** What maps {@code slot} from page {@code page} on. */
    Mmap.Request request(Slot slot, int page) {
        OpenFile file = descriptors.get(slot);
        return new Mmap.Request(file, slot.shared(), slot.prot(), page);
    }

    List<AddressSpace> all() {
        return new ArrayList<>(mappings.values());
    }

    /** Drivers give their frames back; nothing maps them any more. */
    void release(Task task) {
        frames.values().forEach(store -> store.release(task));
    }

    private static <T> T present(@Nullable T value, FileKind kind) {
        if (value == null) {
            throw new IllegalStateException("no " + kind);
        }
        return value;
    }
}
