package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.GhostArray;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** {@code struct address_space} with its inode: the pages of one file, and the VMAs that map it. */
public final class AddressSpace {
    /** The lock bit of one DAX entry, as reports name it. */
    private record EntryLock(long file, int index) implements Lockable {
        @Override
        public LockClass lockClass() {
            return LockClass.DAX_ENTRY;
        }

        @Override
        public String toString() {
            return "dax_entry:" + file + ":" + index;
        }
    }

    /** What kind of file it is. */
    public enum Kind {
        /** A character device: the driver brings the pages. */
        DEVICE,
        /** A regular file whose inode has S_DAX but whose pages come from a driver. */
        DEVICE_DAX_INODE,
        /** A regular file on a filesystem with DAX: the page cache holds DAX entries. */
        FSDAX,
        /** Shared memory: memfd, or anonymous MAP_SHARED. */
        SHMEM,
        /** A regular file in the page cache of a filesystem with writeback. */
        PAGE_CACHE,
        /** Memory that nobody but its process may read: {@code memfd_secret(2)}. Needs {@code secretmem}. */
        SECRETMEM,
        /** A file of hugetlbfs: its mappings share page tables. */
        HUGETLB
    }

    private final Kernel kernel;
    private final long id;
    private final Kind kind;
    final RwSem inodeLock;
    final RwSem invalidateLock;
    final RwSem iMmapRwsem;
    final SpinLock iPagesLock;
    final Word sizePages;
    final WordArray iPages;
    final WordArray blocks;
    final WordArray disk;
    final WordArray dirtyTags;
    private final List<EntryLock> entryLocks;
    private final GhostArray invalidations;
    private final RcuPointer<List<Vma>> iMmap = new RcuPointer<>(List.of());

    /**
     * A sparse file.
     *
     * @param id unique in its machine
     * @param sizePages its size in pages
     */
    public AddressSpace(Kernel kernel, long id, Kind kind, int sizePages) {
        this.kernel = kernel;
        this.id = id;
        this.kind = kind;
        this.inodeLock = new RwSem(LockClass.INODE, "inode:" + id);
        this.invalidateLock = new RwSem(LockClass.INVALIDATE, "invalidate_lock:" + id);
        this.iMmapRwsem = new RwSem(LockClass.I_MMAP, "i_mmap_rwsem:" + id);
        this.iPagesLock = new SpinLock(LockClass.I_PAGES, "i_pages:" + id);
        this.sizePages = new Word(sizePages);
        this.iPages = new WordArray(sizePages);
        this.blocks = new WordArray(sizePages);
        this.disk = new WordArray(kind == Kind.PAGE_CACHE ? sizePages : 0);
        this.dirtyTags = new WordArray(kind == Kind.FSDAX ? sizePages : 0);
        this.invalidations = new GhostArray(sizePages);
        this.entryLocks = IntStream.range(0, kind == Kind.FSDAX ? sizePages : 0)
                .mapToObj(index -> new EntryLock(id, index))
                .toList();
    }

    /** Tells the names of the cells of this file, which is called {@code file}. */
    public void nameCells(CellNames names, String file) {
        names.word(sizePages, () -> file + " size");
        names.words(iPages, index -> file + " i_pages[" + index + "]");
        names.words(blocks, index -> file + " block[" + index + "]");
        names.words(disk, index -> file + " disk[" + index + "]");
        names.words(dirtyTags, index -> file + " dirty[" + index + "]");
        names.pointer(iMmap, () -> file + " i_mmap");
    }

    /** What kind of file it is. */
    public Kind kind() {
        return kind;
    }

    /** {@code IS_DAX(inode)} of a regular file. */
    public boolean isFsdax() {
        return kind == Kind.FSDAX || kind == Kind.DEVICE_DAX_INODE;
    }

    /** {@code mapping_can_writeback()}. */
    public boolean canWriteback() {
        return kind == Kind.PAGE_CACHE || kind == Kind.FSDAX;
    }

    /** {@code shmem_mapping()}. */
    public boolean isShmem() {
        return kind == Kind.SHMEM;
    }

    /** {@code is_file_hugepages()}. */
    public boolean isHugetlb() {
        return kind == Kind.HUGETLB;
    }

    /** {@code secretmem_mapping()}. */
    public boolean isSecretmem() {
        return kind == Kind.SECRETMEM;
    }

    /** Its size in pages ({@code i_size}). */
    public long sizePages() {
        return kernel.readOnce(sizePages);
    }

    /** How many pages it can have. */
    public int capacity() {
        return iPages.length();
    }

    /** The raw page-cache or DAX entry of one page, for checks and reports. */
    public long entry(int index) {
        return kernel.readOnce(iPages, index);
    }

    /** {@code mapping->i_mmap_rwsem}, for checks. */
    public RwSem iMmapRwsem() {
        return iMmapRwsem;
    }

    /** Ghost: for each page, 1 while a write(2) has removed its DAX entry and not yet unmapped what it stood for. */
    public GhostArray invalidations() {
        return invalidations;
    }

    /** The lock of a DAX entry, as lock reports know it. */
    Lockable entryLock(int index) {
        return entryLocks.get(index);
    }

    /** The block that backs one page of a DAX file: 0 hole, 1 unwritten, else the frame number shifted left by one. */
    public long block(int index) {
        return kernel.readOnce(blocks, index);
    }

    /** What the disk holds of page {@code index} of a file with writeback, for tests and reports. */
    public long onDisk(int index) {
        return kernel.readOnce(disk, index);
    }

    /** {@code PAGECACHE_TAG_DIRTY} of a DAX entry: persistent memory may not have everything that was written yet. */
    public boolean isDaxDirty(int index) {
        return kernel.readOnce(dirtyTags, index) != 0;
    }

    /** The VMAs that map it, in the order they were linked; i_mmap_rwsem held, or for reports. */
    public List<Vma> iMmap() {
        List<Vma> vmas = kernel.rcuDereference(iMmap);
        return vmas == null ? List.of() : vmas;
    }

    /** {@code vma_link_file()}: i_mmap_rwsem is taken for writing. */
    void link(Task task, Vma vma) {
        kernel.downWrite(task, iMmapRwsem);
        linkLocked(vma);
        kernel.upWrite(task, iMmapRwsem);
    }

    /** {@code vma_interval_tree_insert()}: i_mmap_rwsem held for writing. */
    void linkLocked(Vma vma) {
        List<Vma> vmas = new ArrayList<>(iMmap());
        vmas.add(vma);
        kernel.rcuAssignPointer(iMmap, List.copyOf(vmas));
    }

    /** {@code unlink_file_vma()}: i_mmap_rwsem is taken for writing. */
    void unlink(Task task, Vma vma) {
        kernel.downWrite(task, iMmapRwsem);
        unlinkLocked(vma);
        kernel.upWrite(task, iMmapRwsem);
    }

    /** {@code vma_interval_tree_remove()}: i_mmap_rwsem held for writing. */
    void unlinkLocked(Vma vma) {
        List<Vma> vmas = new ArrayList<>(iMmap());
        vmas.remove(vma);
        kernel.rcuAssignPointer(iMmap, List.copyOf(vmas));
    }

    @Override
    public String toString() {
        return "file " + id;
    }
}
