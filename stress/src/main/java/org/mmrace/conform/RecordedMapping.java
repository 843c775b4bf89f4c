package org.mmrace.conform;

import org.jspecify.annotations.Nullable;

/**
 * The one mapping of a case.
 *
 * @param fileMode how the descriptor was opened
 * @param pages its length
 * @param hugeAligned its address is a multiple of 2 MiB
 * @param driver present exactly when the backing is {@link Backing#DRIVER}
 */
public record RecordedMapping(
        Backing backing,
        Sharing sharing,
        Prot prot,
        FileMode fileMode,
        int pages,
        boolean hugeAligned,
        @Nullable RecordedDriver driver) {

    /** What is mapped. */
    public enum Backing implements Term {
        /** A file of the recording driver. */
        DRIVER("driver"),
        /** No file. */
        ANON("anon"),
        /** A file of memfd_create(2). */
        MEMFD("memfd"),
        /** A sparse file of ext4 with dax=always. */
        FSDAX("fsdax"),
        /** A file of ext4. */
        EXT4("ext4");

        private final String term;

        Backing(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }

    /** MAP_SHARED or MAP_PRIVATE. */
    public enum Sharing implements Term {
        /** MAP_SHARED. */
        SHARED("shared"),
        /** MAP_PRIVATE. */
        PRIVATE("private");

        private final String term;

        Sharing(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }

    /** The protection that mmap(2) or mprotect(2) asks for. */
    public enum Prot implements Term {
        /** PROT_NONE. */
        NONE("none"),
        /** PROT_READ. */
        R("r"),
        /** PROT_READ and PROT_WRITE. */
        RW("rw");

        private final String term;

        Prot(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }

    /** How the mapped file was opened. */
    public enum FileMode implements Term {
        /** There is no file; null in the recording. */
        NONE("null"),
        /** O_RDONLY. */
        RO("ro"),
        /** O_RDWR. */
        RW("rw");

        private final String term;

        FileMode(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }
}
