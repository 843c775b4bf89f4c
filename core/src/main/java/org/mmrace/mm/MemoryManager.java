package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;

/** All of mm/ on one machine: builds the parts of the model once and hands them out. */
public final class MemoryManager {
    private final Platform platform;
    private final InsertPage insertPage;
    private final MapPages mapPages;
    private final InsertPfn insertPfn;
    private final NormalPage normalPage;
    private final PageFault pageFault;
    private final UserAccess userAccess;
    private final Gup gup;
    private final GupFast gupFast;
    private final Mmap mmap;
    private final Munmap munmap;
    private final Madvise madvise;
    private final Mprotect mprotect;
    private final Mremap mremap;
    private final Ksm ksm;
    private final CowSharing cowSharing;
    private final Userfaultfd userfaultfd;
    private final ClearRefs clearRefs;
    private final Fork fork;
    private final Files files;
    private final Dax dax;
    private final Zap zap;
    private final Reclaim reclaim;
    private final MadviseReclaim madviseReclaim;
    private final Writeback writeback;
    private final Kvm kvm;
    private final SplitFolio splitFolio;
    private final FilePopulate filePopulate;
    private final Khugepaged khugepaged;
    private final Migrate migrate;
    private final DaxPmdFault daxPmdFault;
    private final PageProt pageProt;

    /** The model on {@code platform}. */
    public MemoryManager(Platform platform) {
        this.platform = platform;
        TlbFlush tlbFlush = new TlbFlush(platform);
        Rmap rmap = new Rmap(platform);
        pageProt = new PageProt(platform);
        HugetlbTables hugetlbTables = new HugetlbTables(platform, tlbFlush, rmap);
        VmaEdit vmaEdit = new VmaEdit(platform, hugetlbTables);
        DaxEntries daxEntries = new DaxEntries(platform.kernel);
        normalPage = new NormalPage(platform);
        zap = new Zap(platform, tlbFlush, rmap, normalPage, hugetlbTables);
        migrate = new Migrate(platform, tlbFlush, rmap, normalPage);
        insertPage = new InsertPage(platform, rmap);
        mapPages = new MapPages(platform, insertPage);
        PfnTracking pfnTracking = new PfnTracking(platform);
        insertPfn = new InsertPfn(platform, insertPage, zap, pfnTracking);
        filePopulate = new FilePopulate(platform, insertPage);
        PageCache pageCache = new PageCache(platform, zap);
        FilemapFault filemapFault = new FilemapFault(platform, rmap, pageCache);
        AnonFault anonFault = new AnonFault(platform, tlbFlush, rmap, insertPage);
        FileFault fileFault = new FileFault(platform, tlbFlush, rmap, insertPage, anonFault, filemapFault);
        WriteProtectFault wpFault = new WriteProtectFault(platform, tlbFlush, rmap, normalPage, anonFault, fileFault);
        HugetlbFault hugetlbFault = new HugetlbFault(platform, rmap, pageCache, hugetlbTables);
        StackExpansion stackExpansion = new StackExpansion(platform, vmaEdit);
        pageFault = new PageFault(platform, tlbFlush, stackExpansion, anonFault, fileFault, wpFault, hugetlbFault);
        userAccess = new UserAccess(platform, tlbFlush, pageFault);
        FollowPage followPage = new FollowPage(platform, normalPage, pageProt);
        gup = new Gup(platform, pageProt, followPage, pageFault);
        gupFast = new GupFast(platform, tlbFlush, gup, followPage);
        kvm = new Kvm(platform, gup, gupFast);
        splitFolio = new SplitFolio(platform);
        munmap = new Munmap(platform, vmaEdit, zap, pfnTracking);
        mmap = new Mmap(platform, pageProt, vmaEdit, munmap);
        madvise = new Madvise(platform, zap);
        mprotect = new Mprotect(platform, tlbFlush, pageProt, vmaEdit, normalPage, zap);
        UffdVmas uffdVmas = new UffdVmas(platform, pageProt);
        ksm = new Ksm(platform, tlbFlush, rmap, normalPage, insertPage, pageFault);
        cowSharing = new CowSharing(platform, pageFault, zap, ksm);
        userfaultfd = new Userfaultfd(
                platform, uffdVmas, vmaEdit, new UffdFill(platform, rmap, insertPage, pageCache), mprotect, zap);
        clearRefs = new ClearRefs(platform, tlbFlush, pageProt, normalPage);
        mremap = new Mremap(platform, vmaEdit, munmap, ksm, uffdVmas, new MovePageTables(platform, tlbFlush));
        fork = new Fork(platform, tlbFlush, rmap, normalPage, mmap, vmaEdit, uffdVmas, pfnTracking);
        khugepaged = new Khugepaged(platform, tlbFlush, rmap, normalPage, zap);
        daxPmdFault = new DaxPmdFault(platform, daxEntries);
        dax = new Dax(platform, daxEntries, insertPfn, fileFault, zap);
        files = new Files(platform, pageCache, filemapFault, dax, daxEntries, zap, hugetlbFault);
        RmapWalk rmapWalk = new RmapWalk(platform);
        reclaim = new Reclaim(platform, tlbFlush, new Unmap(platform, rmap, rmapWalk), pageCache);
        madviseReclaim = new MadviseReclaim(platform, tlbFlush, zap, normalPage, reclaim);
        writeback = new Writeback(platform, pageCache, new PageClean(platform, tlbFlush, rmapWalk), daxEntries);
    }

    /** What the parts share. */
    public Platform platform() {
        return platform;
    }

    /** {@code vm_insert_page()} and its family. */
    public InsertPage insertPage() {
        return insertPage;
    }

    /** {@code vm_map_pages()} and its sibling. */
    public MapPages mapPages() {
        return mapPages;
    }

    /** {@code vmf_insert_mixed()} and its family. */
    public InsertPfn insertPfn() {
        return insertPfn;
    }

    /** {@code vm_normal_page()}. */
    public NormalPage normalPage() {
        return normalPage;
    }

    /** Page faults. */
    public PageFault pageFault() {
        return pageFault;
    }

    /** Loads and stores. */
    public UserAccess userAccess() {
        return userAccess;
    }

    /** GUP with mmap_lock. */
    public Gup gup() {
        return gup;
    }

    /** GUP without locks. */
    public GupFast gupFast() {
        return gupFast;
    }

    /** {@code mmap(2)}. */
    public Mmap mmap() {
        return mmap;
    }

    /** {@code munmap(2)}. */
    public Munmap munmap() {
        return munmap;
    }

    /** {@code madvise(2)}. */
    public Madvise madvise() {
        return madvise;
    }

    /** {@code mprotect(2)}. */
    public Mprotect mprotect() {
        return mprotect;
    }

    /** {@code mremap(2)}. */
    public Mremap mremap() {
        return mremap;
    }

    /** KSM. */
    public Ksm ksm() {
        return ksm;
    }

    /** Disabling COW sharing, as s390x does. */
    public CowSharing cowSharing() {
        return cowSharing;
    }

    /** userfaultfd. */
    public Userfaultfd userfaultfd() {
        return userfaultfd;
    }

    /** {@code /proc/PID/clear_refs}. */
    public ClearRefs clearRefs() {
        return clearRefs;
    }

    /** {@code fork(2)}. */
    public Fork fork() {
        return fork;
    }

    /** System calls on files. */
    public Files files() {
        return files;
    }

    /** DAX. */
    public Dax dax() {
        return dax;
    }

    /** KVM. */
    public Kvm kvm() {
        return kvm;
    }

    /** Splitting of compound pages. */
    public SplitFolio splitFolio() {
        return splitFolio;
    }

    /** A driver that maps a page wherever its file is mapped. */
    public FilePopulate filePopulate() {
        return filePopulate;
    }

    /** Tables that are taken away. */
    public Khugepaged khugepaged() {
        return khugepaged;
    }

    /** The protection of new entries. */
    public PageProt pageProt() {
        return pageProt;
    }

    /** Huge faults on DAX files. */
    public DaxPmdFault daxPmdFault() {
        return daxPmdFault;
    }

    /** {@code move_pages(2)}. */
    public Migrate migrate() {
        return migrate;
    }

    /** Unmapping from the side of a file or driver. */
    public Zap zap() {
        return zap;
    }

    /** Page reclaim. */
    public Reclaim reclaim() {
        return reclaim;
    }

    /** {@code madvise(MADV_FREE)} and {@code madvise(MADV_PAGEOUT)}. */
    public MadviseReclaim madviseReclaim() {
        return madviseReclaim;
    }

    /** Writing dirty pages of files back. */
    public Writeback writeback() {
        return writeback;
    }

    /**
     * A tracing ring buffer, {@code ring_buffer_alloc()} for one CPU; its owner frees it.
     *
     * @param order a sub-buffer has {@code 1 << order} pages
     * @param count how many sub-buffers it has, the reader's among them
     * @return null when out of memory
     */
    public @Nullable RingBuffer newRingBuffer(Task task, int order, int count) {
        return RingBuffer.alloc(task, platform, insertPage, order, count);
    }
}
