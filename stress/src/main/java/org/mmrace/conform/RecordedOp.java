package org.mmrace.conform;

import java.util.List;
import java.util.Locale;

/**
 * What a step does, with the arguments that a recording gives it; a question mark makes one optional. Every operation
 * may say which page to look at afterwards.
 */
public enum RecordedOp implements Term {
    /** Loads one byte. */
    READ("page"),
    /** Stores the byte 0x5a. */
    WRITE("page"),
    /** Only looks at the page. */
    OBSERVE("page"),
    /** munmap(2) of the whole mapping. */
    MUNMAP,
    /** madvise(MADV_DONTNEED) of the whole mapping. */
    MADVISE_DONTNEED,
    /** mprotect(2) of the whole mapping. */
    MPROTECT("prot"),
    /** process_vm_readv(2) of 8 bytes of itself. */
    PROCESS_VM_READV("page"),
    /** process_vm_writev(2) of 1 byte of itself. */
    PROCESS_VM_WRITEV("page"),
    /** Reads 8 bytes of /proc/self/mem. */
    PROC_MEM_READ("page"),
    /** Writes 1 byte of /proc/self/mem. */
    PROC_MEM_WRITE("page"),
    /** write(2) of 4 bytes of the page to a pipe. */
    COPY_FROM_USER("page"),
    /** read(2) of the 4 bytes "ABCD" from a pipe into the page. */
    COPY_TO_USER("page"),
    /** vmsplice(2) of 16 bytes: a reference stays in the pipe. */
    VMSPLICE("page"),
    /** Reads what {@link #VMSPLICE} left in the pipe. */
    VMSPLICE_RELEASE,
    /** A fixed buffer of io_uring, given back at once. */
    IO_URING_REGISTER_BUFFER("page"),
    /** A fixed buffer of io_uring, kept. */
    IO_URING_REGISTER_BUFFER_HOLD("page"),
    /** get_user_pages() or pin_user_pages(), or their fast variants. */
    GUP("page flags fast hold?"),
    /** Gives back what a {@link #GUP} with {@code hold} got. */
    GUP_RELEASE,
    /** The module calls vm_insert_page(). */
    VM_INSERT_PAGE("page pages lock vm_flags_set_first?"),
    /** The module calls vm_insert_pages(). */
    VM_INSERT_PAGES("page pages lock vm_flags_set_first?"),
    /** The module calls vm_map_pages(). */
    VM_MAP_PAGES("page pages lock vm_flags_set_first?"),
    /** The module calls vm_map_pages_zero(). */
    VM_MAP_PAGES_ZERO("page pages lock vm_flags_set_first?"),
    /** The module calls vmf_insert_mixed(). */
    VMF_INSERT_MIXED("page pages lock vm_flags_set_first?"),
    /** The module calls vmf_insert_mixed_mkwrite(). */
    VMF_INSERT_MIXED_MKWRITE("page pages lock vm_flags_set_first?"),
    /** fallocate(FALLOC_FL_PUNCH_HOLE) of one page of the file. */
    PUNCH_HOLE("page"),
    /** fallocate(2) of one page of the file. */
    FALLOCATE("page"),
    /** write(2) of the byte "Z" to the file. */
    FILE_WRITE("page"),
    /** ftruncate(2) of the file to nothing. */
    FTRUNCATE_0,
    /** A child reads page 0, is looked at while alive, and exits. */
    FORK_CHILD_READS_PAGE0,
    /** 100 times: read every page, then MADV_DONTNEED. */
    LOOP100_READ_ALL_THEN_DONTNEED,
    /** 100 times: mmap, read every page, munmap. */
    LOOP100_MMAP_READ_ALL_MUNMAP,
    /** read(2) from a file with O_DIRECT into the page. */
    DIRECT_IO_READ("page"),
    /** write(2) of the page to a file with O_DIRECT. */
    DIRECT_IO_WRITE("page"),
    /** Writes to /proc/sys/vm/drop_caches. */
    DROP_CACHES;

    private final String arguments;

    RecordedOp() {
        this("");
    }

    RecordedOp(String arguments) {
        this.arguments = arguments;
    }

    @Override
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of its arguments, those that may be missing with a question mark. */
    List<String> arguments() {
        return List.of(arguments.split(" ", 0));
    }
}
